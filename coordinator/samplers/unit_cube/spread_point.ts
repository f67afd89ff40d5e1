/** The configurations that a sampler proposes while there is nothing to learn from. */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import type { ConfigurationId } from "../../../core/domain/ids.ts";
import { createRng } from "../../../core/domain/rng.ts";
import type { SamplerOptions } from "../adaptive_sampler.ts";
import { drawFresh, isFresh } from "./fresh_point.ts";
import { createQuasiRandom } from "./quasi_random.ts";
import type { ToldObservations } from "./told_observations.ts";
import { pointAt } from "./unit_point.ts";

/**
 * The configuration's point of a quasi-random sequence, or a random one if that may not be proposed;
 * null if many tries found none.
 */
export function spreadPoint(
  options: SamplerOptions,
  told: ToldObservations,
  configuration: ConfigurationId,
): Hyperparameters | null {
  const { space, seed } = options;
  const spread = createQuasiRandom(space.length, createRng(seed, "sampler", "spread"));
  const point = pointAt(space, spread(configuration));
  return isFresh(options, told, point) ? point : drawFresh(options, told, configuration);
}
