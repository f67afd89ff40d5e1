/** What proposes configurations, and the choice of one by a sweep's method. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { createGridSampler } from "./grid_sampler.ts";
import { createRandomSampler } from "./random_sampler.ts";

/** Proposes configurations: a pure function of the sweep and a number. */
export interface Sampler {
  /** How many different proposals there are; infinite for continuous spaces. */
  readonly size: number;
  /** Configuration `n`, from 0. @throws {RangeError} If n is not below the size. */
  readonly propose: (n: number) => Hyperparameters;
}

/** The sampler of a sweep. */
export function createSampler(spec: SweepSpec): Sampler {
  switch (spec.method) {
    case "grid":
      return createGridSampler(spec.parameters);
    case "random":
      return createRandomSampler(spec.parameters, spec.seed);
    default:
      return spec.method satisfies never;
  }
}
