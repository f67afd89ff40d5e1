/** Configurations of a sweep of two parameters, made by hand for the charts' models. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { ConfigurationPoint } from "../../dashboard/client/parameters/parameters_model.ts";

/** A learning rate on a logarithmic scale, and a choice of three widths. */
export const SPACE: SearchSpace = [
  { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 1 } },
  { name: "width", domain: { kind: "values", values: [32, 8, 16] } },
];

/** Points best first where larger is better; each is [lr, width, mean], no mean: it diverged. */
export function pointsOf(
  rows: readonly (readonly [ParameterValue | null, ParameterValue | null, number | null])[],
): readonly ConfigurationPoint[] {
  return rows.map(([lr, width, mean], configuration) => ({
    configuration,
    trial: 10 * configuration,
    values: [lr, width],
    outcome: mean === null ? "diverged" : "completed",
    mean,
    sd: null,
    n: 1,
  }));
}
