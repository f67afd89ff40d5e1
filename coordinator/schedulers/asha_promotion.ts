/** Asynchronous successive halving as its paper has it: trials pause at rungs and are promoted. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { AshaSpec } from "../../core/domain/scheduler_spec.ts";
import type { RankedTrial } from "./ranking.ts";
import { type Rung, RungLadder } from "./rung_ladder.ts";
import { rungsBeforeEnd } from "./rungs.ts";
import type { Scheduler, SchedulerAction, SchedulerOptions } from "./scheduler.ts";

/**
 * ASHA (Li et al., 2020: "A System for Massively Parallel Hyperparameter Tuning", Algorithm 2).
 *
 * | paper | here |
 * |---|---|
 * | r, R, η | `minEpochs`, `maxEpochs`, `eta` |
 * | s, the early-stopping rate | 0: another r does the same |
 * | rung k | `RungLadder.rungs[k]`, at r·η^k < R epochs; what is promoted from the last goes to R |
 * | top_k(rung k, ⌊‖rung k‖/η⌋) | ranks below ⌊n/η⌋ of all n that ever reached the rung |
 * | get_job(), for a free worker | `advance`, which promotes all that may be: workers are always hungry |
 *
 * Ranks rest on losses, equal ones on the lower number. A trial whose loss is no number counts among
 * the n and is never promoted.
 *
 * The paper has no end: its sweep runs until time is over. Here, once nothing else can happen, the
 * paused are pruned, as the rule has left them behind for good. But where no trial was trained to its
 * end – with fewer than η at some rung the rule promotes nobody – the best one of the highest rung is
 * promoted first, again and again, so that a sweep ends with a fully trained trial (unless all that
 * are left have diverged).
 */
export function createAshaPromotion(
  spec: Pick<AshaSpec, "minEpochs" | "eta">,
  { maxEpochs, objectives }: SchedulerOptions,
): Scheduler {
  const { minEpochs, eta } = spec;
  const ladder = new RungLadder(rungsBeforeEnd({ minEpochs, maxEpochs, eta }), objectives);
  const { rungs } = ladder;
  const fullyTrained = new Set<TrialId>();
  const promote = (rung: Rung, trial: TrialId): SchedulerAction => ({
    kind: "promote",
    trial,
    target: ladder.targetAfter(rung),
  });
  return {
    place: () => ({ target: rungs[0]?.epoch ?? null, bracket: 0 }),
    watched: [],
    observe: (trial) => {
      ladder.observe(trial);
      const isAtEnd = ladder.lastRung(trial.trial) === rungs.at(-1);
      if (trial.status === "completed" && isAtEnd) fullyTrained.add(trial.trial);
      else fullyTrained.delete(trial.trial);
    },
    judge: () => null,
    advance: ({ isIdle }) => {
      const promoted = rungs.toReversed().flatMap((rung) =>
        promotable(rung, eta).map(({ trial }) => promote(rung, trial))
      );
      // Who is promoted may make room for others at the rungs above.
      if (promoted.length > 0 || !isIdle) return promoted;
      const best = fullyTrained.size === 0 ? bestWaiting(rungs) : null;
      if (best !== null) return [promote(best.rung, best.trial)];
      return rungs.flatMap((rung) => leftBehind(rung, eta));
    },
  };
}

/** Those that wait among the best ⌊n/η⌋. */
function promotable({ ranking }: Rung, eta: number): readonly RankedTrial[] {
  const room = Math.floor(ranking.size / eta);
  const found: RankedTrial[] = [];
  if (room === 0) return found;
  // Best first, so the first that is too far down is followed by such ones alone.
  for (const ranked of ranking.waiting()) {
    if (ranked.rank >= room || !ranked.isFinite) break;
    found.push(ranked);
  }
  return found;
}

function bestWaiting(
  rungs: readonly Rung[],
): { readonly rung: Rung; readonly trial: TrialId } | null {
  for (const rung of rungs.toReversed()) {
    for (const { trial, isFinite } of rung.ranking.waiting()) {
      if (isFinite) return { rung, trial };
      break;
    }
  }
  return null;
}

function leftBehind({ index, epoch, ranking }: Rung, eta: number): readonly SchedulerAction[] {
  const { size } = ranking;
  const room = Math.floor(size / eta);
  return Array.from(ranking.waiting(), ({ trial, rank, isFinite }) => ({
    kind: "prune",
    trial,
    rung: index,
    message: isFinite
      ? `Rank ${
        rank + 1
      } of ${size} at epoch ${epoch}: not among the best ${room}, ⌊n/η⌋ with η = ${eta}`
      : `No finite loss at epoch ${epoch}: it ranks after all others`,
  }));
}
