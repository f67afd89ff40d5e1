/** How long a coordinator that ends may take for its last entries: the server may be away for good. */
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { Timers } from "../core/protocol/ports.ts";

const FAREWELL: Milliseconds = milliseconds(5_000);

/** Runs from the end of a coordinator's work; dispose it when nothing is left to say. */
export class Farewell implements Disposable {
  readonly #timers: Timers;
  readonly #overdue = new AbortController();
  readonly #said = new AbortController();

  /** Starts to count when `ended` aborts. */
  constructor(ended: AbortSignal, timers: Timers) {
    this.#timers = timers;
    const start = (): void => void this.#count();
    if (ended.aborted) start();
    else ended.addEventListener("abort", start, { once: true, signal: this.#said.signal });
  }

  /** Aborts with FarewellOverdue when it has taken too long. */
  get signal(): AbortSignal {
    return this.#overdue.signal;
  }

  [Symbol.dispose](): void {
    this.#said.abort();
  }

  async #count(): Promise<void> {
    try {
      await this.#timers.sleep(FAREWELL, { signal: this.#said.signal });
    } catch (error) {
      if (this.#said.signal.aborted) return;
      throw error;
    }
    this.#overdue.abort(new FarewellOverdue());
  }
}

/** The last entries could not be written in time. */
export class FarewellOverdue extends Error {
  override readonly name = "FarewellOverdue";

  constructor() {
    super(
      `Cannot journal the last decisions within ${
        FAREWELL / 1000
      } s: the server does not answer; ` +
        "resuming the sweep decides them anew",
    );
  }
}

/** The reason for which a coordinator of a finished sweep stops. */
export class SweepOver extends Error {
  override readonly name = "SweepOver";
}
