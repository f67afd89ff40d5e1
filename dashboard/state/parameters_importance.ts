/** How much parameters matter, from some of a sweep's configurations. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import { pedAnova } from "../../core/domain/importance/ped_anova.ts";
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { ConfigurationPoint } from "../client/parameters/parameters_model.ts";

/** Whether a configuration has a result that tells of its parameters: what was given up has none. */
export function isResult({ outcome }: ConfigurationPoint): boolean {
  return outcome === "completed" || outcome === "diverged";
}

/** PED-ANOVA of what completed or diverged among the points. */
export function importanceOfPoints(
  points: readonly ConfigurationPoint[],
  { space, metric, seed }: {
    readonly space: SearchSpace;
    readonly metric: ObjectiveMetric;
    readonly seed: number;
  },
): Importance {
  return pedAnova({
    space,
    goal: metric.goal,
    points: points.filter(isResult).map(({ values, mean }) => ({
      hyperparameters: Object.fromEntries(
        space.flatMap(({ name }, index) => {
          const value = values[index] ?? null;
          return value === null ? [] : [[name, value]];
        }),
      ),
      value: mean ?? NaN,
    })),
  }, { seed });
}
