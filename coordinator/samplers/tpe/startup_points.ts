/**
 * The points that a sampler begins with, which knows nothing yet: spread evenly, where ten random
 * ones leave holes.
 *
 * Roberts (2018), "The Unreasonable Effectiveness of Quasirandom Sequences", R_d: the multiples of
 * the powers of 1/φ_d, where φ_d is the root of x^(d+1) = x + 1; shifted at random (Cranley and
 * Patterson, 1976).
 */
import type { ConfigurationId } from "../../../core/domain/ids.ts";
import { createRng } from "../../../core/domain/rng.ts";

/** The n-th point in [0, 1)^d as a function of the coordinate's number. */
export function createStartupPoints(
  seed: number,
  dimensions: number,
): (configuration: ConfigurationId, dimension: number) => number {
  const rng = createRng(seed, "sampler", "startup");
  const shifts = Float64Array.from({ length: dimensions }, () => rng.uniform());
  const ratio = 1 / generalisedGoldenRatio(dimensions);
  return (configuration, dimension) => {
    const place = (shifts[dimension] ?? 0) + configuration * ratio ** (dimension + 1);
    return place - Math.floor(place);
  };
}

/** The root above 1 of x^(d+1) = x + 1: 1.618… for d = 1, 1.324… for d = 2. */
export function generalisedGoldenRatio(d: number): number {
  let x = 2;
  // A contraction: each step takes at least half of the distance.
  for (let i = 0; i < 60; i++) x = (1 + x) ** (1 / (d + 1));
  return x;
}
