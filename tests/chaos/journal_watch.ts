/** The observer of a scenario: counts the journal's events as they come, and wakes who waits for one. */
import type { SweepId } from "../../core/domain/ids.ts";
import type { SweepEvent, SweepEventType } from "../../core/domain/sweep_event.ts";
import type { JournalReader, StoredEntry } from "../../core/protocol/ports.ts";

interface Waiter {
  readonly type: SweepEventType;
  readonly count: number;
  readonly wake: (event: SweepEvent | null) => void;
}

/** Watches one journal until disposed. */
export class JournalWatch implements AsyncDisposable {
  readonly #journal: JournalReader;
  readonly #sweep: SweepId;
  readonly #over = new AbortController();
  readonly #counts = new Map<SweepEventType, number>();
  readonly #waiters = new Set<Waiter>();
  readonly #entries: StoredEntry[] = [];
  readonly #watching: Promise<void>;
  #renewal = new AbortController();
  #isEnded = false;

  constructor(journal: JournalReader, sweep: SweepId) {
    this.#journal = journal;
    this.#sweep = sweep;
    this.#watching = this.#watch();
  }

  /** Whether the journal has told the sweep's end. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The entries so far. */
  get entries(): readonly StoredEntry[] {
    return this.#entries;
  }

  /** The n-th event of a type, at once or when it comes; null when the sweep ends without it. */
  async nth(type: SweepEventType, count: number): Promise<SweepEvent | null> {
    if ((this.#counts.get(type) ?? 0) >= count) return this.#find(type, count);
    if (this.#isEnded) return null;
    return await new Promise((wake) => this.#waiters.add({ type, count, wake }));
  }

  /** The server is back: the subscription is made anew at once, instead of after a silence. */
  renew(): void {
    this.#renewal.abort();
    this.#renewal = new AbortController();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    for (const { wake } of this.#waiters) wake(null);
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const over = this.#over.signal;
    let after = 0;
    while (!over.aborted && !this.#isEnded) {
      const signal = AbortSignal.any([over, this.#renewal.signal]);
      try {
        for await (const stored of this.#journal.follow(this.#sweep, { after, signal })) {
          after = stored.sequence;
          this.#take(stored);
          if (this.#isEnded) break;
        }
      } catch {
        // The server is away: it says again what comes after the last entry when it is back.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  #take(stored: StoredEntry): void {
    this.#entries.push(stored);
    for (const event of stored.entry.events) {
      const count = (this.#counts.get(event.type) ?? 0) + 1;
      this.#counts.set(event.type, count);
      for (const waiter of this.#waiters) {
        if (waiter.type !== event.type || waiter.count !== count) continue;
        this.#waiters.delete(waiter);
        waiter.wake(event);
      }
      if (event.type === "sweepEnded") this.#end();
    }
  }

  #end(): void {
    this.#isEnded = true;
    for (const { wake } of this.#waiters) wake(null);
    this.#waiters.clear();
  }

  #find(type: SweepEventType, count: number): SweepEvent | null {
    let seen = 0;
    for (const { entry } of this.#entries) {
      for (const event of entry.events) if (event.type === type && ++seen === count) return event;
    }
    return null;
  }
}
