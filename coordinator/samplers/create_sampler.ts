/** The choice of a sampler by a sweep's method. */
import { isAllowedIn } from "../../core/domain/constraints.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { createRandomSampler } from "./random_sampler.ts";
import type { Sampler } from "./sampler.ts";
import { createSobolSampler } from "./sobol/sobol_sampler.ts";

/**
 * The sampler of a sweep.
 * @throws {RangeError} If its method learns, or cannot go through its space.
 */
export function createSampler(spec: SweepSpec): Sampler {
  const { method, parameters, seed, constraints = [] } = spec;
  const admits = constraints.length === 0 ? null : isAllowedIn(spec);
  switch (method) {
    case "grid":
      return createGridSampler(parameters, admits);
    case "random":
      return createRandomSampler(parameters, { seed, admits });
    case "sobol":
      return createSobolSampler(parameters, { seed, admits });
    case "tpe":
    case "gp":
    case "cmaes":
    case "nsga2":
      throw new RangeError(`Cannot plan sweep "${spec.name}": its method proposes as it learns`);
    default:
      return method satisfies never;
  }
}
