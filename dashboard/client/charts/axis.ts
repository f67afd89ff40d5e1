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
  if (!(span > 0) || !Number.isFinite(span)) return [lower];
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step = [1, 2, 5, 10].map((factor) => factor * power)
    .find((candidate) => span / candidate <= most - 1 + 1e-9) ?? 20 * power;
  const first = Math.ceil(lower / step - 1e-9);
  const last = Math.floor(upper / step + 1e-9);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from(
    { length: last - first + 1 },
    (_, index) => Number(((first + index) * step).toFixed(Math.min(20, digits))),
  );
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
  const margin = upper === lower ? Math.max(Math.abs(upper), 1) * 0.1 : (upper - lower) * air;
  return [lower - margin, upper + margin];
}
