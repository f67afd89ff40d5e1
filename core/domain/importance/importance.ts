/** How much each parameter matters for the objective: what an estimator is asked and what it says. */
import type { Hyperparameters, ParameterValue } from "../hyperparameters.ts";
import type { Goal } from "../objective.ts";
import type { SearchSpace } from "../search_space.ts";
import type { Interval } from "../statistics.ts";

/** What an importance is estimated from. It is read only. */
export interface ImportanceInput {
  readonly space: SearchSpace;
  readonly points: readonly ImportancePoint[];
  readonly goal: Goal;
}

/** The same by columns: of very many points that is faster. */
export interface ImportanceColumns extends Pick<ImportanceInput, "space" | "goal"> {
  /** The values of each parameter, in the order of the space; undefined where it is inactive. */
  readonly columns: readonly (readonly (ParameterValue | undefined)[])[];
  /** As the `value` of points. */
  readonly objectives: Float64Array;
}

/** A configuration with its result. */
export interface ImportancePoint {
  /** Conditional parameters are absent where they are inactive. */
  readonly hyperparameters: Hyperparameters;
  /** The objective. NaN and infinities are divergence: they count as the worst finite value. */
  readonly value: number;
}

/** The name of an estimator. */
export type ImportanceEstimator = "ped-anova" | "fanova";

/** Every estimator, the default first. */
export const IMPORTANCE_ESTIMATORS: readonly ImportanceEstimator[] = ["ped-anova", "fanova"];

/** What an estimator found. */
export interface Importance {
  readonly estimator: ImportanceEstimator;
  /** Points that it was estimated from, diverged ones included. */
  readonly n: number;
  /** Points without a finite value. */
  readonly diverged: number;
  /** Bootstrap resamples behind the intervals; 0: there are none. */
  readonly resamples: number;
  /** Most important first; equal ones in the order of the space. */
  readonly parameters: readonly ParameterImportance[];
  /** What a reader has to know, as sentences without a full stop. */
  readonly notes: readonly string[];
}

/** One parameter's part. */
export interface ParameterImportance {
  readonly name: string;
  /** In [0, 1]. All shares sum to 1, or all are 0 because nothing can be told apart. */
  readonly share: number;
  /** The 95 % bootstrap interval of the share; null where there is none. */
  readonly interval: Interval | null;
  /**
   * Before it was made a share: PED-ANOVA's divergence, or fANOVA's fraction of the whole variance
   * (the first-order Sobol index of the forest's function).
   */
  readonly raw: number;
  /** Points in which the parameter is active. */
  readonly active: number;
}
