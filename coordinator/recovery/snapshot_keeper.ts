/**
 * Keeps a running sweep's snapshot and its line in the index fresh. Both only save others time, so
 * nothing that goes wrong here is more than a warning.
 */
import { getLogger } from "@logtape/logtape";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { foldTimes, type SweepTimes } from "../../core/domain/sweep_times.ts";
import { type Instant, type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import type { StoredEntry, Timers } from "../../core/protocol/ports.ts";
import type { SnapshotRef, SweepRecord } from "../../core/protocol/sweep_record.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import { putSnapshot, removeOldSnapshot, type SnapshotPlace } from "./snapshot_shelf.ts";

const logger = getLogger(["trawl", "coordinator"]);
/** How often it is considered. */
const TICK: Milliseconds = milliseconds(500);
/** Between two snapshots, unless very much has happened. */
const EVERY: Milliseconds = milliseconds(10_000);
const EVERY_AT_LEAST: Milliseconds = milliseconds(2_000);
/** Entries that are worth a snapshot before its time: reading them takes about a second. */
const MANY_ENTRIES = 20_000;
/** A snapshot of a large ledger holds the coordinator up: at most one part in so many of its time. */
const SHARE = 100;
/** How long the last snapshot may hold up a coordinator that ends. */
const LAST_WITHIN: Milliseconds = milliseconds(3_000);

/** A place in a sweep's journal. */
export interface JournalPosition {
  readonly sequence: number;
  readonly times: SweepTimes;
}

/** What is snapshotted, and when its journal has it. */
export interface SnapshotSource {
  readonly ledger: SweepLedger;
  /** Calls back when the journal holds exactly what the ledger had at this call. */
  readonly mark: (onReached: () => void) => void;
}

/** How a keeper works. */
export interface SnapshotKeeperOptions extends SnapshotPlace {
  readonly streamEpoch: string;
  /** Where the journal stands when the coordinator begins. */
  readonly position: JournalPosition;
  readonly timers: Timers;
}

type Copy = Pick<SweepRecord, "best"> & {
  readonly ledger: ReturnType<SweepLedger["snapshot"]>;
  readonly counts: SweepLedger["counts"];
};

/** The keeper of one sweep's snapshots. */
export class SnapshotKeeper {
  readonly #options: SnapshotKeeperOptions;
  #position: JournalPosition;
  /** Entries since the last snapshot was taken. */
  #news = 1;
  #takenAt: Instant | null = null;
  /** How long the coordinator was held up by the last one. */
  #tookMs = 0;
  #saving: Promise<void> = Promise.resolve();
  #hasWarned = false;

  constructor(options: SnapshotKeeperOptions) {
    this.#options = options;
    this.#position = options.position;
  }

  /** Takes notice of an entry that is in the journal now. */
  observe({ sequence, entry }: StoredEntry): void {
    this.#position = { sequence, times: foldTimes(this.#position.times, entry) };
    this.#news++;
  }

  /** Takes snapshots from time to time until the signal aborts. Never rejects. */
  async run(source: SnapshotSource, signal: AbortSignal): Promise<void> {
    const { timers } = this.#options;
    while (!signal.aborted) {
      await timers.sleep(TICK, { signal }).catch(() => {});
      if (signal.aborted || !this.#isDue(timers.now())) continue;
      const copy = this.#copy(source.ledger);
      const reached = Promise.withResolvers<JournalPosition | null>();
      const giveUp = (): void => reached.resolve(null);
      signal.addEventListener("abort", giveUp, { once: true });
      source.mark(() => reached.resolve(this.#position));
      const position = await reached.promise;
      signal.removeEventListener("abort", giveUp);
      if (position !== null) await this.#within(this.#save(copy, position), signal);
    }
  }

  /** Saves how the sweep was left, if that takes no longer than a moment. Never rejects. */
  async saveLast(ledger: SweepLedger): Promise<void> {
    if (this.#news === 0) return;
    const { timers } = this.#options;
    const done = new AbortController();
    const saving = this.#save(this.#copy(ledger), this.#position);
    const overdue = timers.sleep(LAST_WITHIN, { signal: done.signal }).catch(() => {});
    await Promise.race([saving, overdue]);
    done.abort();
  }

  #isDue(now: Instant): boolean {
    if (this.#news === 0) return false;
    if (this.#takenAt === null) return true;
    const gap = this.#news >= MANY_ENTRIES ? EVERY_AT_LEAST : EVERY;
    return now - this.#takenAt >= Math.max(gap, SHARE * this.#tookMs);
  }

  #copy(ledger: SweepLedger): Copy {
    this.#takenAt = this.#options.timers.now();
    const [best] = leaderboard(ledger);
    this.#news = 0;
    return { ledger: ledger.snapshot(), counts: ledger.counts, best: best?.objective ?? null };
  }

  /** One after the other: two at once would write the same artifact. */
  #save(copy: Copy, position: JournalPosition): Promise<void> {
    this.#saving = this.#saving.then(() => this.#write(copy, position)).then(
      () => {
        this.#hasWarned = false;
      },
      (error: unknown) => this.#warn(error),
    );
    return this.#saving;
  }

  async #write(copy: Copy, { sequence, times }: JournalPosition): Promise<void> {
    const { index, artifacts, streamEpoch } = this.#options;
    const { ledger, counts, best } = copy;
    const { sweep, spec, status } = ledger;
    const known = await index.get(sweep);
    const previous = known?.streamEpoch === streamEpoch ? known : null;
    // Another coordinator has gone further: what we have is older than what is there.
    if (previous !== null && previous.sequence > sequence) return;
    const snapshot = await this.#put(copy, { sequence, times }, previous?.snapshot ?? null);
    await index.put({
      v: 1,
      sweep,
      name: spec.name,
      state: status,
      trials: counts,
      times,
      metric: spec.metric.name,
      best,
      sequence,
      streamEpoch,
      snapshot,
    });
    if (snapshot !== null) await removeOldSnapshot(sweep, artifacts, { current: snapshot });
  }

  /** The old snapshot where the new one cannot be stored. */
  async #put(
    { ledger }: Copy,
    { sequence, times }: JournalPosition,
    previous: SnapshotRef | null,
  ): Promise<SnapshotRef | null> {
    const { artifacts, streamEpoch, timers } = this.#options;
    const begun = timers.now();
    try {
      const snapshot = { v: 1, sequence, streamEpoch, times, ledger } as const;
      return await putSnapshot(snapshot, artifacts, { previous });
    } catch (error) {
      this.#warn(error);
      return previous;
    } finally {
      this.#tookMs = timers.now() - begun;
    }
  }

  #warn(error: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    logger.warn("Cannot store a snapshot; a restart reads more of the journal: {error}", { error });
  }

  async #within(saving: Promise<void>, signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => aborted.resolve(), { once: true });
    if (signal.aborted) aborted.resolve();
    await Promise.race([saving, aborted.promise]);
  }
}
