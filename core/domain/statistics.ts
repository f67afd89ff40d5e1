/** Estimates with their uncertainty: means over replicates, proportions of one run. */

import { studentQuantile } from "./comparison/student_t.ts";

/** A mean with its spread; every field says what it is an estimate of, and from how many. */
export interface Estimate {
  readonly mean: number;
  /** Sample standard deviation (n − 1); null for one value. */
  readonly sd: number | null;
  readonly n: number;
  /** 95 % interval of the mean; null where nothing can be said. */
  readonly ci95: Interval | null;
  /** How the interval was made. */
  readonly estimator: "t" | "wilson" | "none";
}

/** Two ends, lower first. */
export type Interval = readonly [lower: number, upper: number];

/**
 * The mean of independent replicates with Student's t interval (n − 1 degrees of freedom).
 * @throws {RangeError} If there is no value.
 */
export function estimateMean(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) throw new RangeError("Cannot estimate a mean: there must be at least one value");
  const mean = meanOf(values);
  if (n === 1) return { mean, sd: null, n, ci95: null, estimator: "none" };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = studentQuantile(0.975, n - 1) * sd / Math.sqrt(n);
  return { mean, sd, n, ci95: [mean - half, mean + half], estimator: "t" };
}

/** Finite for finite values, whose sum may be larger than any number. */
function meanOf(values: readonly number[]): number {
  const n = values.length;
  const sum = values.reduce((sum, value) => sum + value, 0);
  if (Number.isFinite(sum) || !values.every(Number.isFinite)) return sum / n;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, mean));
}

/**
 * One run's share of successes with Wilson's score interval (Wilson, 1927): `share` of `trials`
 * independent examples. It says how well the share is known, not how runs differ.
 * @throws {RangeError} If the share is outside [0, 1] or there is no trial.
 */
export function estimateShare(share: number, trials: number): Estimate {
  if (!(share >= 0 && share <= 1) || !(trials >= 1)) {
    throw new RangeError(`Cannot estimate a share of ${share} of ${trials}: it must be in [0, 1]`);
  }
  const z = 1.959963984540054; // 97.5 % quantile of the standard normal distribution
  const centre = (share + z * z / (2 * trials)) / (1 + z * z / trials);
  const half = z / (1 + z * z / trials) *
    Math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
  return {
    mean: share,
    sd: null,
    n: 1,
    ci95: [Math.max(0, centre - half), Math.min(1, centre + half)],
    estimator: "wilson",
  };
}
