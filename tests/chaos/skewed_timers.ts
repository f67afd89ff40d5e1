/** A clock that can be set and made to run fast or slow while its process runs. */
import { type Instant, instant, type Milliseconds } from "../../core/domain/units.ts";
import type { Timers, Waiting } from "../../core/protocol/ports.ts";
import { systemTimers } from "../../cli/system_timers.ts";

/** A wrong clock, as a number of milliseconds or a factor. */
export type Skew =
  /** The clock is set by so much, forward or back. Whoever sleeps does not notice. */
  | { readonly kind: "jump"; readonly ms: number }
  /** From here on it runs so many times as fast as real time, sleeps included. */
  | { readonly kind: "rate"; readonly factor: number };

/** Real time until it is told otherwise. */
export class SkewedTimers implements Timers {
  readonly #base: Timers;
  #realAt: number;
  #shownAt: number;
  #factor = 1;

  constructor(base: Timers = systemTimers) {
    this.#base = base;
    this.#realAt = base.now();
    this.#shownAt = this.#realAt;
  }

  readonly now = (): Instant =>
    instant(this.#shownAt + this.#factor * (this.#base.now() - this.#realAt));

  readonly sleep = (duration: Milliseconds, options?: Waiting): Promise<void> =>
    this.#base.sleep(duration / this.#factor as Milliseconds, options);

  skew(skew: Skew): void {
    this.#shownAt = this.now();
    this.#realAt = this.#base.now();
    switch (skew.kind) {
      case "jump":
        this.#shownAt += skew.ms;
        return;
      case "rate":
        this.#factor = skew.factor;
        return;
      default:
        skew satisfies never;
    }
  }
}
