/** The samplers that learn and the schedulers, by what a sweep asks for. */
import { isAllowedIn } from "../core/domain/constraints.ts";
import { isAdaptive, objectivesOf, type SweepSpec } from "../core/domain/sweep_spec.ts";
import { configurationsOf } from "./plan_trials.ts";
import type { SearchMethods } from "./planner.ts";
import type { AdaptiveSampler } from "./samplers/adaptive_sampler.ts";
import { createLearningSampler } from "./samplers/create_learning_sampler.ts";
import { createScheduler } from "./schedulers/create_scheduler.ts";

/** All that Trawl has. */
export const SEARCH_METHODS: SearchMethods = {
  createSampler: createAdaptiveSampler,
  createScheduler,
};

/**
 * The sampler of a sweep that learns.
 * @throws {RangeError} If its method does not learn.
 */
export function createAdaptiveSampler(spec: SweepSpec): AdaptiveSampler {
  const { method, seed, parameters: space } = spec;
  const objectives = objectivesOf(spec).length;
  if (!isAdaptive(method)) throw new RangeError(`Cannot ask on demand: ${method} learns nothing`);
  const isAllowed = isAllowedIn(spec);
  const configurations = configurationsIn(spec);
  return createLearningSampler(method, { space, isAllowed, seed, objectives, configurations });
}

/** How many configurations there will be; null: nobody knows. */
function configurationsIn(spec: SweepSpec): number | null {
  const byCap = spec.runCap === null ? Infinity : Math.ceil(spec.runCap / spec.replicates);
  const all = Math.min(configurationsOf(spec), byCap);
  return Number.isFinite(all) ? all : null;
}
