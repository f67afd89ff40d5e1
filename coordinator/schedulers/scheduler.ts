/** What decides about trials that are on their way: which go on, until when, and which do not. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";

/** A trial as a scheduler sees it. */
export interface ScheduledTrial {
  readonly trial: TrialId;
  readonly status: TrialStatus;
  readonly bracket: number;
  readonly hyperparameters: Hyperparameters;
  /** What it had reached, by epoch. */
  readonly rungs: readonly RungLosses[];
}

/** A trial's objectives at an epoch; smaller is always better, Infinity is what was not finite. */
export interface RungLosses {
  readonly epoch: number;
  readonly losses: readonly number[];
}

/** Where a new trial begins. */
export interface Placement {
  /** The epoch at which it pauses at first; null: it trains to its end. */
  readonly target: number | null;
  readonly bracket: number;
}

/** A trial that shall not go on. */
export interface Pruning {
  /** The rung that it failed at, from 0. */
  readonly rung: number;
  /** For people: its value, the others' and the rule. */
  readonly message: string;
}

/** What shall happen to a paused trial. */
export type SchedulerAction =
  /** It trains on until `target`; null: to its end. */
  | { readonly kind: "promote"; readonly trial: TrialId; readonly target: number | null }
  | { readonly kind: "prune"; readonly trial: TrialId } & Pruning
  /** It takes over the donor's weights as they are at its last rung. A promotion follows. */
  | {
    readonly kind: "exploit";
    readonly trial: TrialId;
    readonly donor: TrialId;
    readonly hyperparameters: Hyperparameters;
    readonly message: string;
  };

/**
 * A scheduler. What it decides depends on its options and on the set of what it has observed alone,
 * each trial as it was observed last: so one that is made anew from a ledger decides the same.
 */
export interface Scheduler {
  /** Where the trial with this number begins. */
  readonly place: (trial: TrialId) => Placement;
  /** Epochs at which trials that train on are judged, in order; empty where all pause instead. */
  readonly watched: readonly number[];
  /** Takes in a trial, new or changed; what it had reached before is still among its rungs. */
  readonly observe: (trial: ScheduledTrial) => void;
  /** Whether a running trial shall end, after its latest watched epoch was observed; null: go on. */
  readonly judge: (trial: TrialId) => Pruning | null;
  /**
   * What follows for paused trials; the same again until it is observed. `isIdle`: none is queued or
   * running, and no further ones will come. Then at least one paused trial is promoted, or all are
   * pruned that never can be: so a sweep that asks again whenever it is idle comes to an end. A trial
   * is named at most once, but for the promotion after its exploit; exploits come before promotions.
   */
  readonly advance: (options: { readonly isIdle: boolean }) => readonly SchedulerAction[];
}

/** What schedulers need to know of their sweep. */
export interface SchedulerOptions {
  /** The epochs of a whole trial. */
  readonly maxEpochs: number;
  /** All draws come from `createRng(seed, "scheduler", …)`. */
  readonly seed: number;
  readonly space: SearchSpace;
  /** How many losses a rung has; with several, trials are ranked by non-dominated fronts. */
  readonly objectives: number;
  /** Trials of the sweep in the end, where that is known. */
  readonly trials: number | null;
  /** Whether the constraints admit hyperparameters that a scheduler has changed; absent: all. */
  readonly isAllowed?: ((hyperparameters: Hyperparameters) => boolean) | undefined;
}
