/** Sorts very many trials by a column: numbers, which most columns hold, without comparing pairs. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { TrialValue } from "./trial_values.ts";

/**
 * The trials in the order of their values; those without one come last, whatever the direction, and
 * equal ones stay in their order. Null where a value is no number: then there is more to compare.
 */
export function sortedByNumber(
  trials: readonly Trial[],
  get: (trial: Trial) => TrialValue,
  direction: 1 | -1,
): readonly Trial[] | null {
  const keys = new Float64Array(trials.length);
  let isSorted = true;
  let before = -Infinity;
  for (const [index, trial] of trials.entries()) {
    const value = get(trial) ?? Infinity;
    if (typeof value !== "number" || Number.isNaN(value)) return null;
    // What is absent comes last, as do infinite numbers, which no column holds.
    const key = value === Infinity ? Infinity : direction * value;
    keys[index] = key;
    isSorted &&= key >= before;
    before = key;
  }
  return isSorted ? trials : placed(trials, keys);
}

/** Each at the first place of its key, behind the equal ones that came before it. */
function placed(trials: readonly Trial[], keys: Float64Array): readonly Trial[] {
  const sorted = keys.toSorted();
  const taken = new Uint32Array(keys.length);
  const order: Trial[] = new Array(trials.length);
  for (const [index, trial] of trials.entries()) {
    const first = countBelow(sorted, keys[index] ?? Infinity);
    order[first + (taken[first] ?? 0)] = trial;
    taken[first] = (taken[first] ?? 0) + 1;
  }
  return order;
}

/** How many are less, of numbers that ascend. */
function countBelow(sorted: Float64Array, key: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? Infinity) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
