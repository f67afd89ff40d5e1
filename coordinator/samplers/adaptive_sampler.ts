/** What proposes configurations by what came of earlier ones. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { ConfigurationId } from "../../core/domain/ids.ts";
import type { Observation, Proposal } from "../../core/domain/observation.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";

/**
 * A sampler that learns. What it proposes depends on its options, on the set of its observations and
 * on the configuration's number alone: not on the order in which it was told, and not on what it was
 * asked before. So one that is made anew from a ledger goes on as the one before would have.
 */
export interface AdaptiveSampler {
  /** Takes in what came of a configuration; it may be told of one several times. */
  readonly observe: (observation: Observation) => void;
  /**
   * The configuration with this number: allowed, and none that was observed (by canonical text).
   * Null: the space has no other, as far as many tries can tell.
   */
  readonly propose: (configuration: ConfigurationId) => Proposal | null;
}

/** What every sampler needs to know. */
export interface SamplerOptions {
  readonly space: SearchSpace;
  /** Whether the constraints admit a point of the space. */
  readonly isAllowed: (hyperparameters: Hyperparameters) => boolean;
  /** The sweep's: all draws come from `createRng(seed, "sampler", configuration, …)`. */
  readonly seed: number;
  /** How many losses an outcome has. */
  readonly objectives: number;
}
