/** What proposes configurations. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";

/** Proposes configurations: a pure function of the sweep and a number. */
export interface Sampler {
  /** How many different proposals there are; infinite for continuous spaces. */
  readonly size: number;
  /** Configuration `n`, from 0. @throws {RangeError} If n is not below the size. */
  readonly propose: (n: number) => Hyperparameters;
}
