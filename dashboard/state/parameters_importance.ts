/** How much parameters matter, from some of a sweep's configurations. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import type { Importance } from "../../core/domain/importance/importance.ts";
import { pedAnova } from "../../core/domain/importance/ped_anova.ts";
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { gathered, type ShownPoints, valueIn } from "./shown_points.ts";

/** Points that are drawn for all resamples of a part together: somebody waits for each of them. */
const MOST_DRAWN = 1_400_000;
const [MOST_RESAMPLES, LEAST_RESAMPLES] = [200, 20];

/** How importance is estimated from points. */
export interface PointsImportanceOptions {
  readonly space: SearchSpace;
  readonly metric: ObjectiveMetric;
  readonly seed: number;
}

/** PED-ANOVA of what completed or diverged among the points; of very many with fewer resamples. */
export function importanceOfPoints(
  shown: ShownPoints,
  { space, metric, seed }: PointsImportanceOptions,
): Importance {
  const { all, results: rows } = shown;
  const columns = space.map((_, index) => {
    const column = all.parameter(index);
    const values: (ParameterValue | undefined)[] = [];
    // By places: an iterator would take most of the time.
    for (let at = 0; at < rows.length; at++) {
      values.push(valueIn(column, rows[at] ?? 0) ?? undefined);
    }
    return values;
  });
  const resamples = Math.floor(MOST_DRAWN / Math.max(1, rows.length));
  return pedAnova({ space, goal: metric.goal, columns, objectives: gathered(all.means, rows) }, {
    seed,
    resamples: Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, resamples)),
  });
}
