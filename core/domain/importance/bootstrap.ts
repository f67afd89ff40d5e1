/** Bootstrap: resamples of points as counts, and what their estimates say of the estimate. */
import type { Rng } from "../rng.ts";
import type { Interval } from "../statistics.ts";

/** Fills in how often each point is drawn when as many are drawn as there are, with replacement. */
export function drawCounts(counts: Uint16Array, rng: Rng): void {
  counts.fill(0);
  const { length } = counts;
  // Not by `below`, which is exact and slow: here no probability is off by more than 2^-32.
  const scale = length / 2 ** 32;
  for (let draw = 0; draw < length; draw++) {
    const point = Math.floor(rng.uint32() * scale);
    counts[point] = (counts[point] ?? 0) + 1;
  }
}

/** The quantile of sorted values, linear between neighbours (Hyndman and Fan's type 7). */
export function quantileOf(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const lower = sorted[Math.floor(place)] ?? NaN;
  const upper = sorted[Math.ceil(place)] ?? NaN;
  return lower + (place - Math.floor(place)) * (upper - lower);
}

/** percentile */
export function shareInterval(_share: number, resampled: Float64Array): Interval {
  const sorted = resampled.toSorted();
  return [quantileOf(sorted, 0.025), quantileOf(sorted, 0.975)];
}
