/** A sampler without memory for results, in the shape of those that learn. */
import { canonicalText } from "../../core/domain/hyperparameters.ts";
import type { AdaptiveSampler } from "./adaptive_sampler.ts";
import type { Sampler } from "./sampler.ts";

/** Proposes what the sampler has next, whatever came of the configurations before. */
export function memorylessSampler(sampler: Sampler, name: string): AdaptiveSampler {
  const asked = new Set<string>();
  const proposals = Iterator.from(sampler.fresh(asked));
  return {
    observe: ({ hyperparameters }) => {
      asked.add(canonicalText(hyperparameters));
    },
    propose: () => {
      const { value, done } = proposals.next();
      return done === true ? null : { hyperparameters: value, note: { sampler: name, facts: {} } };
    },
  };
}
