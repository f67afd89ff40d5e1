/** The samplers that learn and the schedulers, by what a sweep asks for. */
import { isAllowedIn } from "../core/domain/constraints.ts";
import { isAdaptive, objectivesOf, type SweepSpec } from "../core/domain/sweep_spec.ts";
import { configurationsOf } from "./plan_trials.ts";
import type { SearchMethods } from "./planner.ts";
import type { AdaptiveSampler, SamplerOptions } from "./samplers/adaptive_sampler.ts";
import { createCmaesSampler } from "./samplers/cmaes/cmaes_sampler.ts";
import { createGpSampler } from "./samplers/gp/gp_sampler.ts";
import { createNsga2Sampler, populationFor } from "./samplers/nsga2/nsga2_sampler.ts";
import { createTpeSampler } from "./samplers/tpe/tpe_sampler.ts";
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
  const options: SamplerOptions = { space, isAllowed: isAllowedIn(spec), seed, objectives };
  if (!isAdaptive(method)) throw new RangeError(`Cannot ask on demand: ${method} learns nothing`);
  switch (method) {
    case "tpe":
      return createTpeSampler(options);
    case "gp":
      return createGpSampler(options);
    case "cmaes":
      return createCmaesSampler(options);
    case "nsga2":
      return createNsga2Sampler({ ...options, population: populationFor(configurationsIn(spec)) });
    default:
      return method satisfies never;
  }
}

/** How many configurations there will be; null: nobody knows. */
function configurationsIn(spec: SweepSpec): number | null {
  const byCap = spec.runCap === null ? Infinity : Math.ceil(spec.runCap / spec.replicates);
  const all = Math.min(configurationsOf(spec), byCap);
  return Number.isFinite(all) ? all : null;
}
