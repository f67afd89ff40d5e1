/** The choice of any sampler by its method, in the shape of those that learn. */
import type { SamplerMethod } from "../../core/domain/sweep_spec.ts";
import type { AdaptiveSampler } from "./adaptive_sampler.ts";
import { createLearningSampler, type LearningOptions } from "./create_learning_sampler.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { memorylessSampler } from "./memoryless.ts";
import { createRandomSampler } from "./random_sampler.ts";
import { createSobolSampler } from "./sobol/sobol_sampler.ts";

/**
 * A sampler that has proposed nothing yet.
 * @throws {RangeError} If the method cannot search the space, or takes fewer objectives.
 */
export function createAnySampler(
  method: SamplerMethod,
  options: LearningOptions,
): AdaptiveSampler {
  const { space, seed, isAllowed: admits } = options;
  switch (method) {
    case "grid":
      return memorylessSampler(createGridSampler(space, admits), method);
    case "random":
      return memorylessSampler(createRandomSampler(space, { seed, admits }), method);
    case "sobol":
      return memorylessSampler(createSobolSampler(space, { seed, admits }), method);
    case "tpe":
    case "gp":
    case "cmaes":
    case "nsga2":
      return createLearningSampler(method, options);
    default:
      return method satisfies never;
  }
}
