/** The choice of a scheduler by what a sweep asks for. */
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import { createAshaPromotion } from "./asha_promotion.ts";
import { createAshaStopping } from "./asha_stopping.ts";
import { createHyperband } from "./hyperband.ts";
import { createMedianStopping } from "./median_stopping.ts";
import { createPatience } from "./patience.ts";
import { createPopulation } from "./population.ts";
import type { Scheduler, SchedulerOptions } from "./scheduler.ts";

/**
 * The scheduler of a sweep, as if it had observed nothing yet.
 *
 * @throws {RangeError} If epochs, an interval or a reduction factor is no positive integer, or a
 * population has no factors. A first rung that is not before `maxEpochs` is no error: then all trials
 * train to their end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseTrialId } from "../../core/domain/ids.ts";
 * import { createScheduler } from "./create_scheduler.ts";
 *
 * const scheduler = createScheduler(
 *   { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
 *   { maxEpochs: 9, seed: 1, space: [], objectives: 1, trials: 3 },
 * );
 * assert.deepEqual(scheduler.place(parseTrialId(0)), { target: 1, bracket: 0 });
 * for (const [trial, loss] of [0.3, 0.1, 0.2].entries()) {
 *   scheduler.observe({
 *     trial: parseTrialId(trial),
 *     status: "paused",
 *     bracket: 0,
 *     hyperparameters: {},
 *     rungs: [{ epoch: 1, losses: [loss] }],
 *   });
 * }
 * assert.deepEqual(scheduler.advance({ isIdle: false }), [
 *   { kind: "promote", trial: 1, target: 3 },
 * ]);
 * ```
 */
export function createScheduler(spec: SchedulerSpec, options: SchedulerOptions): Scheduler {
  switch (spec.type) {
    case "median":
      return createMedianStopping(spec, options);
    case "asha":
      return spec.variant === "promotion"
        ? createAshaPromotion(spec, options)
        : createAshaStopping(spec, options);
    case "hyperband":
      return createHyperband(spec, options);
    case "pbt":
      return createPopulation(spec, options);
    case "patience":
      return createPatience(spec, options);
    default:
      return spec satisfies never;
  }
}
