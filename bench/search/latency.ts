/** What a proposal costs after many trials: an ask and a tell, again and again. */
import { parseConfigurationId } from "../../core/domain/ids.ts";
import type { Observation } from "../../core/domain/observation.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import { valueAt } from "../../core/domain/space_codec.ts";
import { MIXED } from "../../tests/support/optimisation_functions.ts";
import { median } from "../measurement.ts";
import type { SearchMethod } from "./methods.ts";

/** Asks that are timed, after some that are not. */
const TIMED = 25;
const WARM_UP = 25;

/** A space with so many parameters: numbers on both scales, integers and choices in turn. */
export function spaceOf(parameters: number): SearchSpace {
  return Array.from({ length: parameters }, (_, i) => {
    const { name, domain } = MIXED.space[i % MIXED.space.length] ?? { name: "", domain: LINEAR };
    return { name: `${name}${i}`, domain };
  });
}

const LINEAR = { kind: "float", scale: "linear", min: 0, max: 1 } as const;

/** Milliseconds of an ask and a tell with `past` completed trials: the median of some. */
export function askMs(
  { create }: Pick<SearchMethod, "create">,
  { parameters, past }: { readonly parameters: number; readonly past: number },
): number {
  const space = spaceOf(parameters);
  const sampler = create({ space, isAllowed: () => true, seed: 1, objectives: 1 });
  for (let n = 0; n < past; n++) sampler.observe(randomObservation(space, n));
  const times: number[] = [];
  for (let n = past; n < past + WARM_UP + TIMED; n++) {
    const { outcome } = randomObservation(space, n);
    const configuration = parseConfigurationId(n);
    const started = performance.now();
    const proposal = sampler.propose(configuration);
    if (proposal === null) throw new Error(`Cannot time proposal ${n}: there is none`);
    const { hyperparameters } = proposal;
    sampler.observe({ configuration, hyperparameters, outcome });
    if (n >= past + WARM_UP) times.push(performance.now() - started);
  }
  return median(times);
}

function randomObservation(space: SearchSpace, n: number): Observation {
  const rng = createRng(1, "past", n);
  const hyperparameters = Object.fromEntries(
    space.map(({ name, domain }) => [name, valueAt(domain, rng.uniform())]),
  );
  const outcome = { kind: "completed", losses: [rng.uniform()] } as const;
  return { configuration: parseConfigurationId(n), hyperparameters, outcome };
}
