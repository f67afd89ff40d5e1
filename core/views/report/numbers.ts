/** Numbers as a report writes them: few digits, the same everywhere. */
import type { Hyperparameters, ParameterValue } from "../../domain/hyperparameters.ts";
import type { Estimate, Interval } from "../../domain/statistics.ts";

/** What stands where there is no number. */
export const NOTHING = "–";

/** What rounding leaves of a zero: no measurement is that small. */
const ZERO = 1e-12;

/** Four decimals, or three digits of small numbers. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "not a number";
  const size = Math.abs(value);
  if (size < ZERO) return "0";
  if (size >= 10_000) return String(Number(value.toPrecision(5)));
  if (size >= 0.01) return minus(value.toFixed(4));
  if (size >= 0.0001) return minus(String(Number(value.toPrecision(3))));
  return minus(value.toExponential(2));
}

/** With its sign, as differences are written. */
export function signed(value: number | null | undefined): string {
  const text = number(value);
  return value !== null && value !== undefined && value > ZERO ? `+${text}` : text;
}

/** `[lower, upper]`. */
export function interval(ends: Interval | null | undefined): string {
  return ends === null || ends === undefined ? NOTHING : `[${number(ends[0])}, ${number(ends[1])}]`;
}

/** A probability: below 0.0001 it rests on the assumptions, not on the data. */
export function probability(p: number | null | undefined): string {
  if (p === null || p === undefined) return NOTHING;
  return p < 1e-4 ? "< 0.0001" : p.toFixed(4);
}

/** Mean ± sd, what an estimate is summed up by. */
export function meanAndSd(estimate: Estimate | null): string {
  if (estimate === null) return NOTHING;
  return estimate.sd === null
    ? number(estimate.mean)
    : `${number(estimate.mean)} ± ${number(estimate.sd)}`;
}

const ESTIMATORS: Readonly<Record<Estimate["estimator"], string>> = {
  t: "t",
  wilson: "Wilson",
  none: "single value",
};

/** How an interval was made. */
export function estimatorName(estimate: Estimate | null): string {
  return estimate === null ? NOTHING : ESTIMATORS[estimate.estimator];
}

/** A value of a parameter, as sweep files write it; drawn numbers to five digits. */
export function parameterText(value: ParameterValue | undefined): string {
  if (value === undefined) return NOTHING;
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(5)));
}

/** `batch_size 32 · lr 0.1`: what tells a configuration from the others. */
export function configurationLabel(
  hyperparameters: Hyperparameters,
  names: readonly string[],
): string {
  if (names.length === 0) return "the only configuration";
  return names.map((name) => `${name}\u00a0${parameterText(hyperparameters[name])}`).join(" · ");
}

/** A duration in the unit that fits. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 90) return `${seconds.toFixed(1)} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** `1,234`. */
export function count(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

function minus(text: string): string {
  return text.replace("-", "−").replace("e−", "e-");
}
