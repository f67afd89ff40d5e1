/** The methods that are compared: a line for each. */
import type {
  AdaptiveSampler,
  SamplerOptions,
} from "../../coordinator/samplers/adaptive_sampler.ts";
import { createAnySampler } from "../../coordinator/samplers/create_any_sampler.ts";
import type { SamplerMethod } from "../../core/domain/sweep_spec.ts";

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
  /** The longest run of which the quality is measured, where all would take too long. */
  readonly trials?: number | undefined;
}

/** All methods of the table, in its order. */
export const METHODS: readonly SearchMethod[] = [
  { ...method("random"), leader: "random" },
  { ...method("sobol"), leader: "sobol" },
  { ...method("tpe"), leader: "tpe", isGated: true, timedUpTo: 50_000 },
  { ...method("gp"), trials: 50, timedUpTo: 100 },
  { ...method("cmaes"), timedUpTo: 10_000 },
  { ...method("nsga2"), timedUpTo: 10_000 },
];

function method(name: SamplerMethod): SearchMethod {
  return { name, create: (options) => createAnySampler(name, options) };
}
