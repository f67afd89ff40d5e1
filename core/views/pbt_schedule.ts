/** The hyperparameters that led to a trial of population-based training, epoch by epoch. */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { TrialId } from "../domain/ids.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";

/** What a trial's weights were trained with from an epoch on, until the next step. */
export interface ScheduleStep {
  /** Epochs that were finished before. */
  readonly epoch: number;
  /** In which trial that happened: the trial itself, or one whose weights it took over. */
  readonly trial: TrialId;
  readonly hyperparameters: Hyperparameters;
}

/**
 * The schedule of a trial, its ancestors' included: who trains one network from the start with the
 * hyperparameters of each step repeats what led to its weights (Jaderberg et al., 2017, §4.1.3).
 * Events are a journal's, in order. A trial that took nothing over has one step.
 * @throws {RangeError} If the events ask for no such trial.
 */
export function pbtSchedule(
  events: Iterable<SweepEvent>,
  trial: TrialId,
): readonly ScheduleStep[] {
  const schedules = new Map<TrialId, readonly ScheduleStep[]>();
  for (const event of events) {
    if (event.type === "trialsQueued") {
      for (const { trial, hyperparameters } of event.trials) {
        schedules.set(trial, [{ epoch: 0, trial, hyperparameters }]);
      }
    } else if (event.type === "trialExploited") {
      const { trial, donor, hyperparameters, checkpoint: { epoch } } = event;
      // As the donor was then: what it takes over later is not in these weights.
      const before = scheduleOf(schedules, donor).filter((step) => step.epoch < epoch);
      schedules.set(trial, [...before, { epoch, trial, hyperparameters }]);
    }
  }
  return scheduleOf(schedules, trial);
}

function scheduleOf(
  schedules: ReadonlyMap<TrialId, readonly ScheduleStep[]>,
  trial: TrialId,
): readonly ScheduleStep[] {
  const schedule = schedules.get(trial);
  if (schedule === undefined) throw new RangeError(`Cannot find trial ${trial} in the journal`);
  return schedule;
}
