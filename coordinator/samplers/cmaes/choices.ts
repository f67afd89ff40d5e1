/**
 * Parameters without an order beside a normal distribution: each value has a probability that moves
 * towards how often the better half of a generation has it (Baluja, 1994: population-based
 * incremental learning), and never falls so low that it would be forgotten.
 */
import type { Hyperparameters } from "../../../core/domain/hyperparameters.ts";
import type { Rng } from "../../../core/domain/rng.ts";
import type { Parameter } from "../../../core/domain/search_space.ts";
import { unitOf, valueAt, weightsOf } from "../../../core/domain/space_codec.ts";

/** The probabilities of the values of a parameter. */
export type Probabilities = readonly number[];

/** How far a generation moves the probabilities. */
const RATE = 0.25;
/** The values share at least this much of the probability evenly. */
const EVEN = 0.1;

/** What a parameter's values are drawn with at first. */
export function firstProbabilities({ domain }: Parameter): Probabilities {
  return domain.kind === "values" ? weightsOf(domain) : [1];
}

/** The probabilities after a generation whose points come best first, by their weights. */
export function learnChoice(
  { name, domain }: Parameter,
  before: Probabilities,
  parents: readonly { readonly point: Hyperparameters; readonly weight: number }[],
): Probabilities {
  if (domain.kind !== "values") return before;
  const having = parents.filter(({ point }) => Object.hasOwn(point, name));
  const total = having.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return before;
  return before.map((probability, index) => {
    const value = domain.values[index];
    const share = having.reduce(
      (sum, { point, weight }) => point[name] === value ? sum + weight : sum,
      0,
    ) / total;
    return (1 - RATE) * probability + RATE * share;
  });
}

/** A coordinate of the unit cube whose value is drawn with the probabilities. */
export function drawChoice(
  { domain }: Parameter,
  probabilities: Probabilities,
  rng: Rng,
): number {
  const first = domain.kind === "values" ? weightsOf(domain) : [1];
  if (rng.uniform() < EVEN) return rng.uniform();
  let rest = rng.uniform() * probabilities.reduce((sum, probability) => sum + probability, 0);
  const index = probabilities.findIndex((probability) => (rest -= probability) < 0);
  if (domain.kind !== "values" || (first[index] ?? 0) === 0) return rng.uniform();
  return unitOf(domain, domain.values[index] ?? valueAt(domain, 0));
}
