/**
 * Group commit: facts that are decided while an entry is being written go together in the next.
 * A slow journal then makes entries larger, not the queue longer.
 */
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { Clock } from "../core/domain/units.ts";
import type { JournalWriter, StoredEntry, Waiting } from "../core/protocol/ports.ts";
import { MessageTooLargeError } from "../core/protocol/codec.ts";
import { halves } from "./halves.ts";
import { Wake } from "./wake.ts";

/** Lanes and trials in one entry at most: about what fits in a NATS message. */
const MAX_WEIGHT = 1_000;

interface Commit {
  readonly events: readonly SweepEvent[];
  readonly onCommitted: () => void;
  /** Nothing that was handed in later goes with it. */
  readonly isLast?: boolean;
}

/** Writes facts in the order in which they were handed in. */
export class JournalCommitter {
  readonly #writer: JournalWriter;
  readonly #clock: Clock;
  readonly #onAppended: (stored: StoredEntry) => void;
  readonly #queue: Commit[] = [];
  readonly #wake = new Wake();

  /** @param onAppended Told of each entry that is in the journal, before anybody else is. */
  constructor(
    writer: JournalWriter,
    clock: Clock,
    { onAppended = () => {} }: { readonly onAppended?: (stored: StoredEntry) => void } = {},
  ) {
    this.#writer = writer;
    this.#clock = clock;
    this.#onAppended = onAppended;
  }

  /** Hands facts in; `onCommitted` runs when they, and all before them, are in the journal. */
  commit(events: readonly SweepEvent[], onCommitted: () => void = () => {}): void {
    this.#queue.push({ events, onCommitted });
    this.#wake.ring();
  }

  /**
   * Runs `onReached` when the journal holds exactly what was handed in so far, and nothing later:
   * what the ledger is now is then the fold of the journal's last entry.
   */
  mark(onReached: () => void): void {
    this.#queue.push({ events: [], onCommitted: onReached, isLast: true });
    this.#wake.ring();
  }

  /**
   * Writes until the signal aborts, and then what was handed in before; `giveUp` ends even that.
   * @throws {JournalConflictError} If somebody else has written.
   * @throws The reason of `giveUp`, if it aborts while something is left to write.
   */
  async run(signal: AbortSignal, giveUp?: AbortSignal): Promise<void> {
    const waiting = giveUp === undefined ? {} : { signal: giveUp };
    while (true) {
      while (this.#queue.length > 0) await this.#writeNext(waiting);
      if (signal.aborted) return;
      await this.#wake.wait(signal);
    }
  }

  async #writeNext(waiting: Waiting): Promise<void> {
    const commits = this.#takeBatch();
    const events = commits.flatMap((commit) => commit.events);
    if (events.length > 0) {
      for (const chunk of chunksOf(events)) await this.#append(chunk, waiting);
    }
    for (const { onCommitted } of commits) onCommitted();
  }

  /** A server may take less than we guess, and names may be long: what does not fit is halved. */
  async #append(events: readonly SweepEvent[], waiting: Waiting): Promise<void> {
    try {
      const entry = { v: 1, at: this.#clock(), events } as const;
      this.#onAppended({ sequence: await this.#writer.append(entry, waiting), entry });
    } catch (error) {
      const parts = error instanceof MessageTooLargeError ? halves(events) : null;
      if (parts === null) throw error;
      for (const part of parts) await this.#append(part, waiting);
    }
  }

  #takeBatch(): readonly Commit[] {
    let weight = 0;
    let taken = 0;
    for (const { events, isLast } of this.#queue) {
      weight += events.reduce((sum, event) => sum + weightOf(event), 0);
      if (taken > 0 && weight > MAX_WEIGHT) break;
      taken++;
      if (isLast) break;
    }
    return this.#queue.splice(0, taken);
  }
}

/** A decision of very many facts (stopping 100,000 trials) is written as several entries. */
function chunksOf(events: readonly SweepEvent[]): readonly (readonly SweepEvent[])[] {
  const chunks: SweepEvent[][] = [];
  let room = 0;
  let isJudged = false;
  for (const event of events) {
    const weight = weightOf(event);
    // What a report was judged by and the verdicts on it are true together or not at all.
    isJudged = event.type === "epochReported" || (isJudged && isVerdict(event));
    if (weight > room && !(isJudged && isVerdict(event))) {
      chunks.push([]);
      room = MAX_WEIGHT;
    }
    chunks.at(-1)?.push(event);
    room -= weight;
  }
  return chunks;
}

function isVerdict({ type }: SweepEvent): boolean {
  return type === "rungReached" || type === "trialPruned" || type === "trialFailed";
}

function weightOf(event: SweepEvent): number {
  switch (event.type) {
    case "trialsQueued":
      return event.trials.length;
    case "packsQueued":
      return event.packs.length;
    case "epochReported":
      return event.lanes.length;
    default:
      return 1;
  }
}
