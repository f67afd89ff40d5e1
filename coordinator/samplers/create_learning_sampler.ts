/** The choice of a sampler that learns, by its method. */
import type { AdaptiveMethod } from "../../core/domain/sweep_spec.ts";
import type { AdaptiveSampler, SamplerOptions } from "./adaptive_sampler.ts";
import { createTpeSampler } from "./tpe/tpe_sampler.ts";

/**
 * A sampler that has observed nothing yet.
 * @throws {RangeError} If the method cannot search the space, or takes fewer objectives.
 */
export function createLearningSampler(
  method: AdaptiveMethod,
  options: SamplerOptions,
): AdaptiveSampler {
  switch (method) {
    case "tpe":
      return createTpeSampler(options);
    case "gp":
    case "cmaes":
    case "nsga2":
      return createTpeSampler(options);
    default:
      return method satisfies never;
  }
}
