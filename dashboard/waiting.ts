/** Waits that end early, and quietly, when their signal aborts; and turns given to others. */
import { setImmediate } from "node:timers";

/** Resolves after a time (null: never), or as soon as the signal aborts. */
export function pause(durationMs: number | null, signal: AbortSignal): Promise<void> {
  return wait({ atMostMs: durationMs, signal, wakers: new Set() });
}

/**
 * Lets whatever is ready have its turn, answers to requests above all: a loop over what is there
 * already goes on without one, although it awaits each item.
 */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Lets many wait for the next change of something. */
export class Bell {
  readonly #waiters = new Set<() => void>();

  /** Wakes everybody who waits now. */
  ring(): void {
    for (const wake of [...this.#waiters]) wake();
  }

  /** Resolves at the next ring, after `atMostMs` (null: any time), or when the signal aborts. */
  wait(atMostMs: number | null, signal: AbortSignal): Promise<void> {
    return wait({ atMostMs, signal, wakers: this.#waiters });
  }
}

interface Wait {
  readonly atMostMs: number | null;
  readonly signal: AbortSignal;
  /** Holds what ends the wait, for as long as it lasts. */
  readonly wakers: Set<() => void>;
}

/**
 * Without a signal made of others: a long-lived one remembers each of those until garbage is
 * collected, and a stream waits many times a second.
 */
function wait({ atMostMs, signal, wakers }: Wait): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    wakers.delete(end);
    resolve();
  };
  const timer = atMostMs === null ? undefined : setTimeout(end, atMostMs);
  signal.addEventListener("abort", end);
  wakers.add(end);
  return promise;
}
