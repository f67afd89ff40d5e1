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

/** The same of points that are themselves drawn: each has as many chances as it counts. */
export function redrawCounts(
  counts: Uint16Array,
  { from, rng }: { readonly from: Uint16Array; readonly rng: Rng },
): void {
  const drawn = new Uint32Array(from.length);
  let filled = 0;
  from.forEach((count, point) => {
    drawn.fill(point, filled, filled + count);
    filled += count;
  });
  counts.fill(0);
  for (let draw = 0; draw < filled; draw++) {
    const point = drawn[rng.below(filled)] ?? 0;
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

/**
 * The 95 % interval of a share from those of resamples, never without the share itself: their
 * percentiles, and below them the lower end of the basic interval (Davison and Hinkley, 1997,
 * section 5.2). Importances are never negative and grow by chance, in a resample by as much again
 * as in the sample, so that percentiles alone would not reach 0 for a parameter without effect.
 */
export function shareInterval(share: number, resampled: Float64Array): Interval {
  const sorted = resampled.toSorted();
  const lower = quantileOf(sorted, 0.025);
  const upper = quantileOf(sorted, 0.975);
  return [
    Math.max(0, Math.min(share, lower, 2 * share - upper)),
    Math.min(1, Math.max(share, upper)),
  ];
}
