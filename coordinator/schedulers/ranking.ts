/** Trials at a rung in the order of their losses, with those that wait there for what follows. */
import type { TrialId } from "../../core/domain/ids.ts";

/** Trials with their losses, best first; equal ones by their numbers. */
export interface Ranking {
  /** How many there are. */
  readonly size: number;
  /** Those of them that wait, best first, with their ranks among all from 0. */
  readonly waiting: () => Iterable<RankedTrial>;
  /** Takes a trial in; in again, its losses are replaced. */
  readonly set: (trial: TrialId, losses: readonly number[]) => void;
  /** Notes whether a trial that was taken in waits. */
  readonly setWaiting: (trial: TrialId, isWaiting: boolean) => void;
  /** How many are better than the trial: equal losses are not. 0 for one that is not there. */
  readonly betterThan: (trial: TrialId) => number;
}

/** A trial's place in a ranking. */
export interface RankedTrial {
  readonly trial: TrialId;
  readonly rank: number;
  /** Whether its losses are numbers; those that are none come last. */
  readonly isFinite: boolean;
}
