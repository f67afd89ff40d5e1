/** Where numbers lie on an axis, and which of them are written there. */
import type { Interval } from "../../domain/statistics.ts";
import { count } from "./numbers.ts";

/** An axis: numbers to user units of the drawing. */
export interface ChartScale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** How an axis is laid out. */
export interface ScaleOptions {
  /** The ends in user units; the second may be the smaller one. */
  readonly from: number;
  readonly to: number;
  /** Ticks at most, about. */
  readonly ticks: number;
  /** Equal steps are equal ratios; only for positive ranges. */
  readonly log?: boolean;
}

/** A linear or logarithmic axis over a range. */
export function chartScale([low, high]: Interval, options: ScaleOptions): ChartScale {
  const transform = options.log ? Math.log10 : (value: number): number => value;
  const [lower, upper] = [transform(low), transform(high)];
  const span = upper > lower ? upper - lower : 1;
  return {
    at: (value) =>
      round(options.from + (options.to - options.from) * (transform(value) - lower) / span),
    ticks: options.log ? decades([low, high]) : linearTicks([low, high], options.ticks),
  };
}

/** Round numbers inside a range: steps of 1, 2 or 5 times a power of ten. */
export function linearTicks([low, high]: Interval, most: number): readonly number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step = power * ([1, 2, 5].find((factor) => span / (factor * power) <= most) ?? 10);
  const digits = Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from(
    { length: last - first + 1 },
    (_, index) => Number(((first + index) * step).toFixed(digits)),
  );
}

/** The smallest range that holds the finite ones of some numbers, with a little air. */
export function rangeOf(values: readonly number[], air = 0.04): Interval {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const margin = high > low ? (high - low) * air : Math.max(Math.abs(high) * 0.05, 1e-6);
  return [low - margin, high + margin];
}

/** Two decimals of a pixel are more than anybody sees, and keep files small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A tick as text, with no more digits than it needs. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000 && size < 10_000_000) return count(value).replace("-", "−");
  if (size >= 10_000_000 || (size > 0 && size < 0.001)) {
    return value.toExponential().replace("e+", "e").replace("-", "−").replace("e−", "e-");
  }
  return String(value).replace("-", "−");
}

function decades([low, high]: Interval): readonly number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
    .map((exponent) => Number(`1e${exponent}`));
  return ticks.length >= 2 ? ticks : [low, high].map((value) => Number(value.toPrecision(2)));
}
