/** A clock that stands still until a test moves it. */
import { type Instant, instant, type Milliseconds } from "../../core/domain/units.ts";
import type { Timers, Waiting } from "../../core/protocol/ports.ts";

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Timers under a test's control; sleepers wake in the order of their times. */
export class FakeTimers implements Timers {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(start: number = 1_000_000) {
    this.#now = start;
  }

  readonly now = (): Instant => instant(this.#now);

  readonly sleep = (duration: Milliseconds, options: Waiting = {}): Promise<void> => {
    const { signal } = options;
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper: Sleeper = { wakesAt: this.#now + duration, wake: resolve };
    const abort = (): void => {
      this.#sleepers.delete(sleeper);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    this.#sleepers.add(sleeper);
    return promise.finally(() => signal?.removeEventListener("abort", abort));
  };

  /** Moves time on, waking who is due on the way, and lets everything that follows happen. */
  async advance(duration: number): Promise<void> {
    const end = this.#now + duration;
    await settle();
    for (let due = this.#next(end); due !== null; due = this.#next(end)) {
      this.#now = Math.max(this.#now, due.wakesAt);
      this.#sleepers.delete(due);
      due.wake();
      await settle();
    }
    this.#now = end;
  }

  /** Moves time on as a suspended process sees it: all at once, and only then its timers fire. */
  async leap(duration: number): Promise<void> {
    this.#now += duration;
    await this.advance(0);
  }

  #next(end: number): Sleeper | null {
    const due = [...this.#sleepers].filter((sleeper) => sleeper.wakesAt <= end);
    return due.sort((a, b) => a.wakesAt - b.wakesAt)[0] ?? null;
  }
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
