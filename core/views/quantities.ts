/** Numbers as people read them: durations, counts, metric values with their uncertainty. */
import type { ParameterValue } from "../domain/hyperparameters.ts";
import type { ObjectiveValue } from "../domain/objective.ts";
import type { SweepSpec } from "../domain/sweep_spec.ts";
import type { Estimate, Interval } from "../domain/statistics.ts";

/** A duration on a clock face: `0:42`, `12:05`, `3:07:09`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number): string => String(value).padStart(2, "0");
  if (hours === 0) return `${minutes}:${two(seconds % 60)}`;
  return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** A duration in a sentence: `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function spokenTime(ms: number): string {
  if (ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

/** A count with its thousands apart: `12,340`. */
export function count(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 trial`, `2 trials`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A rate with three digits, for any size: `0.571`, `12.3`, `12,340`. */
export function rate(value: number): string {
  if (value >= 1000) return count(value);
  return Number(value.toPrecision(3)).toString();
}

/** A metric's value with four decimals, or four digits where it is very small or large. */
export function metricValue(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100_000)) return value.toExponential(3);
  return value.toFixed(4);
}

/** An interval: `[0.9459, 0.9560]`. */
export function interval([lower, upper]: Interval): string {
  return `[${metricValue(lower)}, ${metricValue(upper)}]`;
}

/** An objective's value. */
export function objective(value: ObjectiveValue): string {
  return value.kind === "diverged" ? "diverged" : metricValue(value.value);
}

/** `3 replicates`, or how a race gives them. */
export function replicatesOf({ replicates, racing }: SweepSpec): string {
  return racing === undefined
    ? counted(replicates, "replicate")
    : `a race of ${replicates} to ${racing.max} replicates`;
}

/**
 * A 95 % interval, written so that it shows how it was made: `± 0.0065` over replicates (Student's
 * t, symmetric), `[0.9459, 0.9560]` for one run's share (Wilson, not symmetric).
 */
export function confidence(estimate: Estimate | null): string {
  const ci95 = estimate?.ci95 ?? null;
  if (estimate === null || ci95 === null) return "";
  const [lower, upper] = ci95;
  if (estimate.estimator !== "t") return interval(ci95);
  const half = (upper - lower) / 2;
  // What rounding leaves of equal replicates is nothing.
  return `± ${metricValue(half < 1e-12 * Math.abs(estimate.mean) ? 0 : half)}`;
}

/** A hyperparameter's value, as short as it is exact to the eye. */
export function parameterValue(value: ParameterValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
