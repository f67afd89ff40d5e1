/** Patience: a trial that no longer gets better is stopped. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { PatienceSpec } from "../../core/domain/scheduler_spec.ts";
import { epochsEvery, MOST_LOOKS } from "./rungs.ts";
import type {
  Pruning,
  RungLosses,
  ScheduledTrial,
  Scheduler,
  SchedulerOptions,
} from "./scheduler.ts";

/**
 * Early stopping on a plateau (Prechelt, 1998: "Early Stopping – But When?"; the rule of Keras'
 * `EarlyStopping`): a loss improves when it is more than `minDelta` below the best one that was an
 * improvement itself. A trial without an improvement for `patience` epochs is stopped, though not
 * before `minEpochs`. Of several objectives one that improves is enough.
 *
 * Trials are looked at after every epoch; those of more than 1,001 epochs every second one, or more
 * rarely, so that there are 1,000 looks at most. An improvement counts from the look that saw it.
 */
export function createPatience(
  { patience, minDelta, minEpochs }: PatienceSpec,
  { maxEpochs, objectives }: SchedulerOptions,
): Scheduler {
  const watched = epochsEvery(1, { maxEpochs, most: MOST_LOOKS });
  const plateaus = new Map<TrialId, Plateau>();
  return {
    place: () => ({ target: null, bracket: 0 }),
    watched,
    observe: (trial) => {
      const plateau = plateaus.get(trial.trial) ?? newPlateau(objectives);
      plateaus.set(trial.trial, plateau);
      follow(plateau, trial, minDelta);
    },
    judge: (trial): Pruning | null => {
      const plateau = plateaus.get(trial);
      if (plateau === undefined) return null;
      const { epoch, since } = plateau;
      if (epoch < minEpochs || epoch - since < patience) return null;
      return {
        rung: watched.indexOf(epoch),
        message: `No loss improved by more than ${minDelta} from epoch ${since} to ${epoch}, ` +
          `which is as long as the patience of ${patience} epochs`,
      };
    },
    advance: () => [],
  };
}

interface Plateau {
  /** How many of the trial's rungs have been taken in. */
  seen: number;
  /** The last look, and the last one that saw an improvement: 0 before the first. */
  epoch: number;
  since: number;
  /** The last improvement of each objective. */
  readonly best: number[];
}

function newPlateau(objectives: number): Plateau {
  return { seen: 0, epoch: 0, since: 0, best: Array.from({ length: objectives }, () => Infinity) };
}

function follow(plateau: Plateau, { rungs }: ScheduledTrial, minDelta: number): void {
  // Rungs only ever become more: those that were seen are passed over, not looked at again.
  for (; plateau.seen < rungs.length; plateau.seen++) {
    const reached = rungs[plateau.seen];
    if (reached !== undefined) look(plateau, reached, minDelta);
  }
}

function look(plateau: Plateau, { epoch, losses }: RungLosses, minDelta: number): void {
  plateau.epoch = epoch;
  for (const [objective, best] of plateau.best.entries()) {
    const loss = losses[objective] ?? NaN;
    if (!Number.isFinite(loss) || loss >= best - minDelta) continue;
    plateau.best[objective] = loss;
    plateau.since = epoch;
  }
}
