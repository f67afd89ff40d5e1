/** Configurations and filters in words: for sentences, titles and tables. */
import { formatCount, formatNumber, formatValue } from "../parts/format.ts";
import type { ConfigurationPoint, ParametersSnapshot } from "./parameters_model.ts";

/** `1 configuration`, `1,200 configurations`. */
export function configurations(count: number): string {
  return `${formatCount(count)} configuration${count === 1 ? "" : "s"}`;
}

/** A point's objective with its spread: `0.9321 ± 0.0102 (3 replicates)`, or what became of it. */
export function result({ mean, sd, n, outcome }: ConfigurationPoint): string {
  if (mean === null) return outcome;
  const spread = sd === null ? "" : ` ± ${formatNumber(sd)} (sd of ${n} replicates)`;
  return `${formatNumber(mean)}${spread}`;
}

/** A point in one line. */
export function describePoint(
  point: ConfigurationPoint,
  { axes, objective }: Pick<ParametersSnapshot, "axes" | "objective">,
): string {
  const settings = axes.map(({ name }, index) => {
    const value = point.values[index] ?? null;
    return `${name} ${value === null ? "not set" : formatValue(value)}`;
  });
  return `trial ${point.trial}: ${settings.join(", ")}: ${objective.metric} ${result(point)}`;
}

/** `larger is better`. */
export function betterWords({ goal }: ParametersSnapshot["objective"]): string {
  return goal === "maximize" ? "larger is better" : "smaller is better";
}
