/** Waits that end early, and quietly, when their signal aborts. */

/** Resolves after a time (null: never), or as soon as the signal aborts. */
export function pause(durationMs: number | null, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    resolve();
  };
  const timer = durationMs === null ? undefined : setTimeout(end, durationMs);
  signal.addEventListener("abort", end);
  return promise;
}

/** Lets many wait for the next change of something. */
export class Bell {
  readonly #waiters = new Set<() => void>();

  /** Wakes everybody who waits now. */
  ring(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }

  /** Resolves at the next ring, after `atMostMs` (null: any time), or when the signal aborts. */
  async wait(atMostMs: number | null, signal: AbortSignal): Promise<void> {
    const rung = new AbortController();
    const wake = (): void => rung.abort();
    this.#waiters.add(wake);
    try {
      await pause(atMostMs, AbortSignal.any([signal, rung.signal]));
    } finally {
      this.#waiters.delete(wake);
    }
  }
}
