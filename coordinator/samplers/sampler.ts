/** What proposes configurations. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";

/** Proposes configurations: pure functions of the sweep and of what it has asked for. */
export interface Sampler {
  /** How many different proposals there are; infinite for continuous spaces. */
  readonly size: number;
  /**
   * The configurations that are to be asked for next, in order, none of them twice and none of those
   * whose canonical texts are in `asked`. What comes next depends on what is in there alone, so a
   * plan that was cut off goes on exactly. Takes the set over: it grows with what is proposed.
   */
  readonly fresh: (asked: Set<string>) => Iterable<Hyperparameters>;
}
