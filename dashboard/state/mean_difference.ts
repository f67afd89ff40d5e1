/** How far two means are apart. */
import { studentQuantile } from "../../core/domain/comparison/student_t.ts";
import type { Interval } from "../../core/domain/statistics.ts";

/** A difference, first minus second. */
export interface MeanDifference {
  readonly value: number;
  /** Null where either side has fewer than two values, or their variance is beyond numbers. */
  readonly ci95: Interval | null;
  readonly n: readonly [number, number];
}

/**
 * The difference of two means of independent runs with the 95 % interval of Welch (1947), which does
 * not take their variances for equal. Its degrees of freedom are rounded down: the interval is wider
 * rather than narrower. Null where either side has no value.
 */
export function meanDifference(
  first: readonly number[],
  second: readonly number[],
): MeanDifference | null {
  if (first.length === 0 || second.length === 0) return null;
  const [a, b] = [momentsOf(first), momentsOf(second)];
  const value = a.mean - b.mean;
  const n = [first.length, second.length] as const;
  if (first.length < 2 || second.length < 2) return { value, ci95: null, n };
  const error = a.squaredError + b.squaredError;
  // Values near the largest number have no variance that is a number.
  if (!Number.isFinite(error)) return { value, ci95: null, n };
  if (error === 0) return { value, ci95: [value, value], n };
  const degrees = error ** 2 /
    (a.squaredError ** 2 / (first.length - 1) + b.squaredError ** 2 / (second.length - 1));
  const half = studentQuantile(0.975, Math.max(1, Math.floor(degrees))) * Math.sqrt(error);
  return { value, ci95: [value - half, value + half], n };
}

/** The mean, and the square of its standard error. */
function momentsOf(values: readonly number[]): {
  readonly mean: number;
  readonly squaredError: number;
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, squaredError: squares / (values.length - 1) / values.length };
}
