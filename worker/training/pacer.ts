/** Lets the event loop of a busy thread run: messages must be heard while tensors are computed. */
import type { Clock } from "../../core/domain/units.ts";

/** How long a thread may compute before it listens, in milliseconds. */
const LONGEST_STRETCH = 50;

/** Called between pieces of work; once enough time has passed it waits for a turn of the loop. */
export class Pacer {
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  #last: number;

  /** `signal` is looked at after every turn of the event loop. */
  constructor(clock: Clock, signal?: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
    this.#last = clock();
  }

  /**
   * Waits for a turn of the event loop if the last one is too long ago.
   * @throws The signal's reason, once it is aborted.
   */
  async breathe(): Promise<void> {
    if (this.#clock() - this.#last < LONGEST_STRETCH) return;
    await this.turn();
  }

  /**
   * Waits for a turn of the event loop, whatever the time.
   * @throws The signal's reason, once it is aborted.
   */
  async turn(): Promise<void> {
    // A microtask would not do: messages arrive as macrotasks.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.#signal?.throwIfAborted();
    this.#last = this.#clock();
  }
}
