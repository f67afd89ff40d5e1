/** What a sweep is asked to do: the sweep file, parsed and complete with its defaults. */
import type { ObjectiveMetric } from "./objective.ts";
import type { SearchSpace } from "./search_space.ts";

/** How configurations are proposed. */
export type SamplerMethod = "grid" | "random";

/** Where validation examples come from: the test set, or a share of the training set. */
export type ValidationSource =
  | { readonly kind: "test" }
  /** `fraction` in (0, 1) of the training examples, cut off by the sweep's seed. */
  | { readonly kind: "cut"; readonly fraction: number };

/** The data that trials train on. */
export type TaskSpec =
  | {
    readonly dataset: "mnist";
    readonly validation: ValidationSource;
    /** At most this many training examples, drawn by the sweep's seed; null: all. */
    readonly trainExamples: number | null;
  }
  | {
    readonly dataset: "cifar100";
    /** Fine class numbers, 0 … 99; labels follow this order. */
    readonly classes: readonly number[];
    readonly validation: ValidationSource;
    readonly trainExamples: number | null;
  };

/** A whole sweep: one search space, one objective, one sampler, one budget. */
export interface SweepSpec {
  readonly name: string;
  readonly description: string | null;
  /** The root of all randomness of the sweep. */
  readonly seed: number;
  readonly task: TaskSpec;
  readonly method: SamplerMethod;
  readonly metric: ObjectiveMetric;
  /** Trials per configuration; they differ in initial weights only. */
  readonly replicates: number;
  /** A limit on the number of trials; null: as many as the search space has. */
  readonly runCap: number | null;
  /** Lanes in a pack at most; 1 forbids fusing. */
  readonly maxLanes: number;
  /** Attempts of a trial at most, before it is failed. */
  readonly maxAttempts: number;
  readonly parameters: SearchSpace;
}
