/** How the objective is distributed over configurations: the empirical distribution function. */
import type { ObjectiveDistribution } from "../client/parameters/parameters_model.ts";
import type { ShownPoints } from "./shown_points.ts";

/** Steps that are drawn one by one; of more, those at evenly spaced shares. */
const MOST_STEPS = 200;
const PERCENTS = [1, 5, 10, 25, 50, 75, 90];

/**
 * F(v) = share of configurations with an objective of at most v, of all that completed. A diverged
 * one is worse than every number: below all where larger is better, above all where smaller is.
 */
export function objectiveDistribution(
  shown: ShownPoints,
  goal: "maximize" | "minimize",
): ObjectiveDistribution {
  const values = shown.sortedMeans;
  const { diverged } = shown.countOutcomes();
  const n = values.length + diverged;
  const below = goal === "maximize" ? diverged : 0;
  const isThinned = values.length > MOST_STEPS;
  const drawn = Math.min(values.length, MOST_STEPS);
  const steps = Array.from({ length: drawn }, (_, step): readonly [number, number] => {
    const last = Math.ceil((step + 1) * values.length / drawn) - 1;
    return [values[last] ?? 0, (below + last + 1) / n];
  });
  return {
    steps: withStart(steps, { value: values[0], share: n === 0 ? 0 : below / n }),
    n,
    diverged,
    isThinned,
    quantiles: n === 0 ? [] : PERCENTS.map((percent) => {
      const place = Math.max(1, Math.ceil(n * percent / 100 - 1e-9)) - 1;
      const reached = goal === "maximize" ? values.at(-1 - place) : values[place];
      return [percent, reached ?? null];
    }),
  };
}

/** The function stands at the share of what lies below until its first value. */
function withStart(
  steps: readonly (readonly [number, number])[],
  { value, share }: { readonly value: number | undefined; readonly share: number },
): readonly (readonly [number, number])[] {
  return value === undefined ? [] : [[value, share], ...steps];
}
