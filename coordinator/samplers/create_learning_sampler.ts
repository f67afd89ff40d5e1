/** The choice of a sampler that learns, by its method. */
import type { AdaptiveMethod } from "../../core/domain/sweep_spec.ts";
import type { AdaptiveSampler, SamplerOptions } from "./adaptive_sampler.ts";
import { createCmaesSampler } from "./cmaes/cmaes_sampler.ts";
import { createGpSampler } from "./gp/gp_sampler.ts";
import { createNsga2Sampler, populationFor } from "./nsga2/nsga2_sampler.ts";
import { createTpeSampler } from "./tpe/tpe_sampler.ts";

/** What all need, and how long the search will be. */
export interface LearningOptions extends SamplerOptions {
  /** Configurations in the end; null: not known. */
  readonly configurations?: number | null | undefined;
}

/**
 * A sampler that has observed nothing yet.
 * @throws {RangeError} If the method cannot search the space, or takes fewer objectives.
 */
export function createLearningSampler(
  method: AdaptiveMethod,
  { configurations = null, ...options }: LearningOptions,
): AdaptiveSampler {
  switch (method) {
    case "tpe":
      return createTpeSampler(options);
    case "gp":
      return createGpSampler(options);
    case "cmaes":
      return createCmaesSampler(options);
    case "nsga2":
      return createNsga2Sampler({ ...options, population: populationFor(configurations) });
    default:
      return method satisfies never;
  }
}
