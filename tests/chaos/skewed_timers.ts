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

/** Looked at so often, a clock that stands still while its process does knows when it did. */
export const LOOK_EVERY_MS = 50;
const ASLEEP_MS = 300;

/** Real time until it is told otherwise. */
export class SkewedTimers implements Timers {
  readonly #base: Timers;
  readonly #isUnaware: boolean;
  #lookedAt: number;
  #realAt: number;
  #shownAt: number;
  #factor = 1;

  /**
   * @param options `isUnaware`: the clock stands still while its process is stopped, as some do while
   * a machine is suspended; it must be looked at every `LOOK_EVERY_MS`.
   */
  constructor(base: Timers = systemTimers, options: { readonly isUnaware?: boolean } = {}) {
    this.#base = base;
    this.#isUnaware = options.isUnaware ?? false;
    this.#lookedAt = base.now();
    this.#realAt = base.now();
    this.#shownAt = this.#realAt;
  }

  readonly now = (): Instant => {
    const real = this.#base.now();
    const asleep = real - this.#lookedAt;
    if (this.#isUnaware && asleep > ASLEEP_MS) this.#realAt += asleep;
    this.#lookedAt = real;
    return instant(this.#shownAt + this.#factor * (real - this.#realAt));
  };

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
