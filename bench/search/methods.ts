/** The methods that are compared: a line for each. */
import type {
  AdaptiveSampler,
  SamplerOptions,
} from "../../coordinator/samplers/adaptive_sampler.ts";
import { createRandomSampler } from "../../coordinator/samplers/random_sampler.ts";
import type { Sampler } from "../../coordinator/samplers/sampler.ts";
import { createTpeSampler } from "../../coordinator/samplers/tpe/tpe_sampler.ts";

/** A way to search. */
export interface SearchMethod {
  readonly name: string;
  readonly create: (options: SamplerOptions) => AdaptiveSampler;
  /** The method of the leader whose quality it is held against; absent: none. */
  readonly leader?: string | undefined;
  /** Whether its median must be no worse than the leader's worse quartile. */
  readonly isGated?: boolean | undefined;
  /** The longest past with which a proposal is timed; absent: not at all. */
  readonly timedUpTo?: number | undefined;
}

/** All methods of the table, in its order. */
export const METHODS: readonly SearchMethod[] = [
  {
    name: "random",
    create: memoryless(({ space, seed }) => createRandomSampler(space, seed)),
    leader: "random",
  },
  { name: "tpe", create: createTpeSampler, leader: "tpe", isGated: true, timedUpTo: 50_000 },
];

/** A sampler that learns nothing, as one that is told of everything. */
export function memoryless(
  create: (options: SamplerOptions) => Sampler,
): (options: SamplerOptions) => AdaptiveSampler {
  return (options) => {
    const points = Iterator.from(create(options).fresh(new Set()));
    return {
      observe: () => {},
      propose: () => {
        const next = points.next();
        if (next.done === true) return null;
        return { hyperparameters: next.value, note: { sampler: "memoryless", facts: {} } };
      },
    };
  };
}
