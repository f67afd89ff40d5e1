/** The random sampler: independent draws, each named by its number (Bergstra and Bengio, 2012). */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { ParameterDomain, SearchSpace } from "../../core/domain/search_space.ts";
import type { Sampler } from "./sampler.ts";

/** A sampler whose proposal n is drawn from `createRng(seed, "sampler", n, name)` alone. */
export function createRandomSampler(space: SearchSpace, seed: number): Sampler {
  return {
    size: Infinity,
    propose: (n) =>
      Object.fromEntries(
        // A generator for each parameter: adding one to the file leaves the others' draws alone.
        space.map(({ name, domain }) => [name, draw(domain, createRng(seed, "sampler", n, name))]),
      ),
  };
}

function draw(domain: ParameterDomain, rng: Rng): ParameterValue {
  switch (domain.kind) {
    case "values":
      return domain.values[rng.below(domain.values.length)] ?? 0;
    case "int":
      return domain.scale === "linear"
        ? domain.min + rng.below(domain.max - domain.min + 1)
        // Each integer owns the cell [k − ½, k + ½) of the logarithmic axis.
        : clamp(Math.round(logUniform(domain.min - 0.5, domain.max + 0.5, rng)), domain);
    case "float":
      return domain.scale === "linear"
        ? domain.min + rng.uniform() * (domain.max - domain.min)
        : clamp(logUniform(domain.min, domain.max, rng), domain);
    default:
      return domain satisfies never;
  }
}

function logUniform(min: number, max: number, rng: Rng): number {
  return Math.exp(Math.log(min) + rng.uniform() * (Math.log(max) - Math.log(min)));
}

function clamp(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return Math.min(max, Math.max(min, value));
}
