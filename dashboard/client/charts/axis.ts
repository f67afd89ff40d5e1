/** Round numbers for an axis. */
import type { Range } from "../model.ts";

/**
 * Ticks at 1, 2 or 5 times a power of ten inside a range, at most `most` of them.
 * @example
 * ```ts
 * import { ticks } from "./axis.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(ticks([0, 1], 6), [0, 0.2, 0.4, 0.6, 0.8, 1]);
 * ```
 */
export function ticks([lower, upper]: Range, most: number): readonly number[] {
  const span = upper - lower;
  if (!(span > 0)) return [lower];
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) return [];
  // Ends so far apart that there is no number for it.
  if (span === Infinity) return ticks([lower / 10, upper / 10], most).map((tick) => tick * 10);
  const power = Number(`1e${Math.floor(Math.log10(span) - Math.log10(most))}`);
  const step = [1, 2, 5, 10].map((factor) => factor * power)
    .find((candidate) => span / candidate <= most - 1 + 1e-9) ?? 20 * power;
  // Ends so near to each other that no step between them is a number.
  if (!(upper / step - lower / step <= most)) return [lower];
  const first = Math.ceil(lower / step - 1e-9);
  const last = Math.floor(upper / step + 1e-9);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const places = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return places.map((tick) => Number(digits > 20 ? tick.toPrecision(15) : tick.toFixed(digits)))
    // Where ends are equal but for their last digits, steps are as well.
    .filter((tick, index, all) => Number.isFinite(tick) && tick !== all[index - 1]);
}

/** The smallest range around some numbers, with a little air; [0, 1] for none. */
export function rangeOf(values: readonly number[], air: number): Range {
  let lower = Infinity;
  let upper = -Infinity;
  for (const value of values) {
    if (value < lower) lower = value;
    if (value > upper) upper = value;
  }
  if (lower > upper) return [0, 1];
  const margin = upper === lower
    ? Math.max(Math.abs(upper), 1) * 0.1
    : Math.min(Number.MAX_VALUE, (upper - lower) * air);
  const within = (end: number): number =>
    Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, end));
  return [within(lower - margin), within(upper + margin)];
}

/** Where a value lies in a range: 0 and 1 at its ends, a half where these are equal. */
export function shareOf(value: number, [from, to]: Range): number {
  if (from === to) return 0.5;
  const span = to - from;
  // The distance of two numbers may be none: the half of it always is.
  return Math.abs(span) < Infinity
    ? (value - from) / span
    : (value / 2 - from / 2) / (to / 2 - from / 2);
}

/** The value at a share of a range: what {@link shareOf} undoes. */
export function valueAtShare(share: number, [from, to]: Range): number {
  const span = to - from;
  const at = Math.abs(span) < Infinity ? from + share * span : from * (1 - share) + to * share;
  if (!(share >= 0 && share <= 1)) return at;
  // The sum is rounded: it may end up beside the end that it means.
  return Math.max(Math.min(from, to), Math.min(Math.max(from, to), at));
}
