/** How numbers rank among those of a column. */
import type { Goal } from "../../core/domain/objective.ts";

/** Steps in which ranks are shaded. */
const STEPS = 10;

/** The place of a number. */
export interface Place {
  /** From 1, the best; equal numbers share the better one. */
  readonly rank: number;
  /** 10 for the best tenth, 1 for the worst; 0 where all are equal. */
  readonly step: number;
}

/** A column's numbers in their order. */
export class ColumnRanks {
  readonly #sorted: Float64Array;
  readonly #goal: Goal;

  /** @param values Those that are not finite are left out. */
  constructor(values: Float64Array, goal: Goal) {
    // Sorted numbers end with NaN; what is infinite is at the ends.
    const sorted = values.toSorted();
    let [from, to] = [0, sorted.length];
    while (to > from && !Number.isFinite(sorted[to - 1])) to--;
    while (from < to && !Number.isFinite(sorted[from])) from++;
    this.#sorted = sorted.subarray(from, to);
    this.#goal = goal;
  }

  /** How many numbers there are. */
  get size(): number {
    return this.#sorted.length;
  }

  /** Where a number stands: one more than there are better ones. */
  placeOf(value: number): Place {
    const better = this.#goal === "maximize"
      ? this.size - this.#countBelow((one) => one <= value)
      : this.#countBelow((one) => one < value);
    const isFlat = this.size < 2 || this.#sorted[0] === this.#sorted[this.size - 1];
    const step = Math.max(1, STEPS - Math.floor(STEPS * better / this.size));
    return { rank: better + 1, step: isFlat ? 0 : step };
  }

  /** How many numbers from the smallest on satisfy what only the smaller ones do. */
  #countBelow(isBelow: (value: number) => boolean): number {
    let [from, to] = [0, this.size];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isBelow(this.#sorted[middle] ?? NaN)) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
