/** How fast a sweep goes at present: counters compared with those of a minute before. */
import type { Instant } from "../core/domain/units.ts";

interface Sample {
  readonly at: Instant;
  readonly epochs: number;
  readonly steps: number;
}

/** What is done per second of journal time. */
export interface Rates {
  readonly epochsPerSecond: number;
  readonly laneStepsPerSecond: number;
}

/** The window's length and its grain: at most one sample for each grain is kept. */
const WINDOW_MS = 60_000;
const GRAIN_MS = 1_000;

/** A window over two growing counters. */
export class RateWindow {
  #samples: Sample[] = [];
  #last: Sample | null = null;

  /** Takes the counters' values at an instant; instants must not go back. */
  add(sample: Sample): void {
    this.#last = sample;
    const newest = this.#samples.at(-1);
    if (newest !== undefined && sample.at - newest.at < GRAIN_MS) return;
    this.#samples.push(sample);
    // The newest sample at or before the window's start stays: it is what the window counts from.
    const first = this.#samples.findLastIndex((kept) => sample.at - kept.at >= WINDOW_MS);
    if (first > 0) this.#samples = this.#samples.slice(first);
  }

  /** The mean rates over the window; null before any time has passed. */
  rates(): Rates | null {
    const oldest = this.#samples[0];
    if (oldest === undefined || this.#last === null) return null;
    const seconds = (this.#last.at - oldest.at) / 1000;
    if (seconds <= 0) return null;
    return {
      epochsPerSecond: (this.#last.epochs - oldest.epochs) / seconds,
      laneStepsPerSecond: (this.#last.steps - oldest.steps) / seconds,
    };
  }
}
