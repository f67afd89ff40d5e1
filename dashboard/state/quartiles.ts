/** The middle of a few numbers, and the half of them around it. */
import { valueAtShare } from "../client/charts/axis.ts";

/** The median with the first and the third quartile. */
export interface Quartiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * Quartiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), as
 * NumPy and R have it.
 * @throws {RangeError} Of no numbers.
 */
export function quartilesOf(values: readonly number[]): Quartiles {
  if (values.length === 0) throw new RangeError("Cannot find the quartiles of no numbers");
  const sorted = Float64Array.from(values).sort();
  return { low: at(sorted, 0.25), median: at(sorted, 0.5), high: at(sorted, 0.75) };
}

function at(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const around = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0] as const;
  return valueAtShare(place - Math.floor(place), around);
}
