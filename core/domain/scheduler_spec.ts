/** How trials are stopped early, paused and changed on their way: `early_terminate` of a sweep file. */

/** What decides about trials that are on their way; resources are epochs. */
export type SchedulerSpec =
  | MedianSpec
  | AshaSpec
  | HyperbandSpec
  | PopulationSpec
  | PatienceSpec;

/** Median stopping (Golovin et al., 2017: Vizier, §3.2.2). */
export interface MedianSpec {
  readonly type: "median";
  /** No trial is stopped before it has so many epochs. */
  readonly minEpochs: number;
  /** Nor before so many others have got as far. */
  readonly minTrials: number;
  /** Epochs between two looks. */
  readonly interval: number;
}

/** Asynchronous successive halving (Li et al., 2020). */
export interface AshaSpec {
  readonly type: "asha";
  /** `promotion`: trials pause at rungs and are promoted (the paper's); `stopping`: they run on. */
  readonly variant: "promotion" | "stopping";
  /** The first rung. */
  readonly minEpochs: number;
  /** The reduction factor η: of so many trials one goes on. */
  readonly eta: number;
}

/** Hyperband (Li et al., 2018): brackets of synchronous successive halving. */
export interface HyperbandSpec {
  readonly type: "hyperband";
  readonly minEpochs: number;
  readonly eta: number;
}

/** Population-based training (Jaderberg et al., 2017). */
export interface PopulationSpec {
  readonly type: "pbt";
  /** Epochs between two exploits. */
  readonly interval: number;
  /** The share at the bottom that copies the share at the top. */
  readonly quantile: number;
  /** How often a parameter is drawn anew instead of perturbed. */
  readonly resample: number;
  /** What a number is multiplied with, each equally likely. */
  readonly factors: readonly number[];
}

/** A trial stops when its objective has not improved for a while. */
export interface PatienceSpec {
  readonly type: "patience";
  /** Epochs without improvement. */
  readonly patience: number;
  /** What counts as an improvement, in the metric's unit. */
  readonly minDelta: number;
  readonly minEpochs: number;
}
