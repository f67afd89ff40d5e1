/** Searches of a function by a sampler, one trial after the other. */
import { parseConfigurationId } from "../../core/domain/ids.ts";
import type { OptimisationFunction } from "../../tests/support/optimisation_functions.ts";
import type { SearchMethod } from "./methods.ts";

/** The best loss so far after each of n trials. @throws {Error} If the sampler gives up before. */
export function bestLosses(
  { create }: Pick<SearchMethod, "create">,
  { space, lossOf }: OptimisationFunction,
  { seed, trials }: { readonly seed: number; readonly trials: number },
): Float64Array<ArrayBuffer> {
  const sampler = create({ space, isAllowed: () => true, seed, objectives: 1 });
  const best = new Float64Array(trials);
  for (let n = 0; n < trials; n++) {
    const configuration = parseConfigurationId(n);
    const proposal = sampler.propose(configuration);
    if (proposal === null) throw new Error(`Cannot run trial ${n}: the sampler proposes nothing`);
    const { hyperparameters } = proposal;
    const loss = lossOf(hyperparameters);
    sampler.observe({
      configuration,
      hyperparameters,
      outcome: { kind: "completed", losses: [loss] },
    });
    best[n] = Math.min(loss, best[n - 1] ?? Infinity);
  }
  return best;
}

/** The quantile at p in [0, 1], linearly between the values next to it. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? NaN;
  const high = sorted[Math.ceil(place)] ?? NaN;
  return low + (place - Math.floor(place)) * (high - low);
}
