/** The choice of a sampler by a sweep's method. */
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { createRandomSampler } from "./random_sampler.ts";
import type { Sampler } from "./sampler.ts";

/** The sampler of a sweep. */
export function createSampler(spec: SweepSpec): Sampler {
  switch (spec.method) {
    case "grid":
      return createGridSampler(spec.parameters);
    case "random":
      return createRandomSampler(spec.parameters, spec.seed);
    case "sobol":
    case "tpe":
    case "gp":
    case "cmaes":
    case "nsga2":
      throw new RangeError(`Cannot plan sweep "${spec.name}": its method proposes as it learns`);
    default:
      return spec.method satisfies never;
  }
}
