/** Lets one task sleep until another has something for it. */

/** A bell: `ring` wakes whoever waits, or the next who comes. */
export class Wake {
  #rung = false;
  #resolve: (() => void) | null = null;

  /** Wakes the waiter; any number of rings before it comes count once. */
  ring(): void {
    this.#rung = true;
    this.#resolve?.();
    this.#resolve = null;
  }

  /** Resolves at the next ring, or when the signal aborts. One waiter at a time. */
  async wait(signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resolve = resolve;
      const onAbort = (): void => resolve();
      signal.addEventListener("abort", onAbort, { once: true });
      await promise;
      signal.removeEventListener("abort", onAbort);
    }
    this.#rung = false;
  }
}
