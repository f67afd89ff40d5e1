/** A clock that jumps from one thing to do to the next: hours of waiting pass in no time. */
import { setImmediate } from "node:timers";
import { type Instant, instant, type Milliseconds } from "../../core/domain/units.ts";
import type { Timers, Waiting } from "../../core/protocol/ports.ts";

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Simulated time; sleepers wake in the order of their times. */
export class SimulatedClock implements Timers {
  #now = 1_790_000_000_000;
  /** A binary heap: the parent of place n is at (n - 1) / 2 and wakes no later. */
  readonly #heap: Sleeper[] = [];

  readonly now = (): Instant => instant(this.#now);

  readonly sleep = (duration: Milliseconds, { signal }: Waiting = {}): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted) return Promise.reject(signal.reason);
    const onAbort = (): void => reject(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#push({
      wakesAt: this.#now + duration,
      wake: () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      },
    });
    return promise;
  };

  /** Moves time on, sleeper by sleeper, until `isOver`. @throws {Error} If nobody sleeps before. */
  async run(isOver: () => boolean): Promise<void> {
    // Whatever follows from a wake is done before the next turn of the event loop.
    for (await turn(); !isOver(); await turn()) {
      const next = this.#pop();
      if (next === undefined) throw new Error("Cannot go on: everybody waits for somebody else");
      this.#now = next.wakesAt;
      next.wake();
    }
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#heap;
    let place = heap.push(sleeper) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.wakesAt <= sleeper.wakesAt) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = sleeper;
  }

  #pop(): Sleeper | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || last === first) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const smaller = (heap[left + 1]?.wakesAt ?? Infinity) < (heap[left]?.wakesAt ?? Infinity)
        ? left + 1
        : left;
      const below = heap[smaller];
      if (below === undefined || below.wakesAt >= last.wakesAt) break;
      heap[place] = below;
      place = smaller;
    }
    heap[place] = last;
    return first;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
