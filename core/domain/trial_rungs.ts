/** A trial's values at the rungs of its scheduler. */
import { proposedOf, type Trial } from "./ledger_trial.ts";
import type { RungValue, SweepEvent } from "./sweep_event.ts";
import { TrialTransitionError } from "./trial.ts";

/**
 * The trial's rungs with one more.
 * @throws {RangeError} If it is not beyond the last one.
 */
export function withRung({ id, rungs = [] }: Trial, value: RungValue): readonly RungValue[] {
  const last = rungs.at(-1);
  if (last !== undefined && last.epoch >= value.epoch) {
    throw new RangeError(
      `Cannot note epoch ${value.epoch} of trial ${id} as a rung: it must be after ${last.epoch}`,
    );
  }
  return [...rungs, { epoch: value.epoch, values: value.values }];
}

/** What is new of a trial that was paused: it has left its pack, and waits in a checkpoint. */
export function whenPaused(
  trial: Trial,
  event: Extract<SweepEvent, { type: "trialPaused" }>,
): Partial<Trial> {
  const checkpoint = { epoch: event.epoch, artifact: event.artifact };
  const parked = [...trial.parked ?? [], checkpoint];
  return { metrics: event.metrics, rungs: withRung(trial, event), checkpoint, parked, pack: null };
}

/**
 * What is new of a trial that has taken over another one's weights.
 * @throws {TrialTransitionError} If the trial is not paused.
 */
export function whenExploited(
  trial: Trial,
  { checkpoint, hyperparameters }: Extract<SweepEvent, { type: "trialExploited" }>,
): Partial<Trial> {
  const { status } = trial.state;
  if (status !== "paused") throw new TrialTransitionError(status, "paused");
  return { checkpoint, hyperparameters, proposed: proposedOf(trial), isExploited: true };
}
