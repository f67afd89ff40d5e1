/** What the answers to workers need of a scheduler. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { NewTrial, RungValue } from "../../core/domain/sweep_event.ts";
import type { Pruning } from "../schedulers/scheduler.ts";

/** Where a new trial begins, as it is journalled. */
export type PlacedTrial = Pick<NewTrial, "target" | "bracket">;

/** Judges trials. */
export interface TrialJudge {
  /** Epochs at which trials that train on are judged, in order. */
  readonly watched: readonly number[];
  /** Which of these running trials end, now that they have reached these rungs. */
  readonly judge: (reached: ReadonlyMap<TrialId, RungValue>) => ReadonlyMap<TrialId, Pruning>;
  /** Where the trial with this number begins. */
  readonly place: (trial: TrialId) => PlacedTrial;
}

/** The judge of a sweep without a scheduler. */
export const NO_JUDGE: TrialJudge = {
  watched: [],
  judge: () => new Map(),
  place: () => ({}),
};
