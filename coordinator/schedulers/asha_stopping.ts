/** Successive halving without pauses: who reaches a rung among the worse ones is stopped there. */
import type { AshaSpec } from "../../core/domain/scheduler_spec.ts";
import { areFinite } from "./rank_losses.ts";
import { RungLadder } from "./rung_ladder.ts";
import { rungsBeforeEnd } from "./rungs.ts";
import type { Pruning, Scheduler, SchedulerOptions } from "./scheduler.ts";

/**
 * The stopping variant of ASHA: a trial that reaches a rung goes on if and only if its loss is among
 * the best max(⌊n/η⌋, 1) of the n results at that rung so far, its own included. So the first
 * arrivals always go on, and nobody waits. This is Optuna's rule (`SuccessiveHalvingPruner`) and
 * Determined's. Equal losses go on together.
 *
 * Others that carry the name decide differently:
 * - Ray Tune compares with the (1 − 1/η) quantile, interpolated, of the results before its own: of
 *   few results more go on.
 * - Syne Tune goes on where the own rank divided by n, from 0, is at most 1/η: one more goes on.
 *
 * A loss that is no number never goes on, not even as the first.
 */
export function createAshaStopping(
  spec: Pick<AshaSpec, "minEpochs" | "eta">,
  { maxEpochs, objectives }: SchedulerOptions,
): Scheduler {
  const { minEpochs, eta } = spec;
  const watched = rungsBeforeEnd({ minEpochs, maxEpochs, eta });
  const ladder = new RungLadder(watched, objectives);
  const diverged = new Map<number, number>();
  return {
    place: () => ({ target: null, bracket: 0 }),
    watched,
    observe: (trial) => {
      ladder.observe(trial);
      const last = trial.rungs.at(-1);
      if (last !== undefined && !areFinite(last.losses)) diverged.set(trial.trial, last.epoch);
      else diverged.delete(trial.trial);
    },
    judge: (trial): Pruning | null => {
      const rung = ladder.lastRung(trial);
      if (rung === undefined) return null;
      const { index, epoch, ranking: { size } } = rung;
      if (diverged.get(trial) === epoch) {
        return { rung: index, message: `No finite loss at epoch ${epoch}` };
      }
      const better = rung.ranking.betterThan(trial);
      const room = Math.max(1, Math.floor(size / eta));
      if (better < room) return null;
      return {
        rung: index,
        message: `Rank ${better + 1} of ${size} so far at epoch ${epoch}: ` +
          `not among the best ${room}, max(⌊n/η⌋, 1) with η = ${eta}`,
      };
    },
    advance: () => [],
  };
}
