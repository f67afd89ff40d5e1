/** What one client of a stream has still to be sent: one batch a topic, and never more. */
import { Bell, pause } from "../waiting.ts";
import { orStall, type StallOptions } from "./stall.ts";

/** How a client is written to. */
export interface OutboxOptions extends StallOptions {
  /** Resolves when the client's connection has taken the text. */
  readonly write: (text: string) => Promise<void>;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Least time between two texts: 5 a second. */
  readonly intervalMs?: number;
  readonly heartbeatMs?: number;
}

/** A moment in which the batches of other topics may join one. */
const GATHER_MS = 5;

/**
 * Whoever puts a batch in waits until it is taken out: a client that does not read keeps its topics
 * waiting, and what they say next is made only then. Nothing piles up.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #bell = new Bell();
  /** Rings for those whose batches are in `#texts`. */
  #taken = new Bell();
  #texts: string[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Resolves when the batch was taken, or nothing will be any more. */
  async put(text: string): Promise<void> {
    this.#texts.push(text);
    this.#bell.ring();
    // No batch waits for ever: an outbox that ends lets all go.
    await this.#taken.wait(null, this.#options.signal);
  }

  /** Writes until the signal aborts. */
  async run(): Promise<void> {
    const { write, signal, intervalMs = 200, heartbeatMs = 15_000 } = this.#options;
    while (!signal.aborted) {
      if (this.#texts.length === 0) await this.#bell.wait(heartbeatMs, signal);
      await pause(GATHER_MS, signal);
      if (signal.aborted) return;
      const [texts, taken] = [this.#texts, this.#taken];
      [this.#texts, this.#taken] = [[], new Bell()];
      await orStall(
        write(texts.length === 0 ? ": still here\n\n" : texts.join("")),
        this.#options,
      );
      taken.ring();
      await pause(intervalMs - GATHER_MS, signal);
    }
  }
}
