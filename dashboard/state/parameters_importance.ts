/** How much parameters matter, from some of a sweep's configurations. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { Importance } from "../../core/domain/importance/importance.ts";
import { pedAnova } from "../../core/domain/importance/ped_anova.ts";
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { ConfigurationPoint } from "../client/parameters/parameters_model.ts";

/** Whether a configuration has a result that tells of its parameters: what was given up has none. */
export function isResult({ outcome }: ConfigurationPoint): boolean {
  return outcome === "completed" || outcome === "diverged";
}

/** Points that are drawn for all resamples of a part together: somebody waits for each of them. */
const MOST_DRAWN = 1_400_000;
const [MOST_RESAMPLES, LEAST_RESAMPLES] = [200, 20];

/** How importance is estimated from points. */
export interface PointsImportanceOptions {
  readonly space: SearchSpace;
  readonly metric: ObjectiveMetric;
  readonly seed: number;
  /** What a point's values were taken from, where somebody still has it. */
  readonly hyperparametersOf?: (point: ConfigurationPoint) => Hyperparameters;
}

/** PED-ANOVA of what completed or diverged among the points; of very many with fewer resamples. */
export function importanceOfPoints(
  points: readonly ConfigurationPoint[],
  { space, metric, seed, hyperparametersOf = namedValues(space) }: PointsImportanceOptions,
): Importance {
  const results = points.filter(isResult).map((point) => ({
    hyperparameters: hyperparametersOf(point),
    value: point.mean ?? NaN,
  }));
  const resamples = Math.floor(MOST_DRAWN / Math.max(1, results.length));
  return pedAnova({ space, goal: metric.goal, points: results }, {
    seed,
    resamples: Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, resamples)),
  });
}

function namedValues(space: SearchSpace): (point: ConfigurationPoint) => Hyperparameters {
  return ({ values }) =>
    Object.fromEntries(
      space.flatMap(({ name }, index) => {
        const value = values[index] ?? null;
        return value === null ? [] : [[name, value]];
      }),
    );
}
