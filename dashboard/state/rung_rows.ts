/** What became of the trials at each rung of the scheduler. */
import { type Goal, lossOf } from "../../core/domain/objective.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import type { RungRow, Rungs } from "../client/overview/panels_model.ts";
import { schedulerWords } from "./scheduler_words.ts";

/** Rungs that are listed at most. */
export const MOST_RUNGS = 16;

type Tally = { -readonly [Key in keyof RungRow]: RungRow[Key] };

/**
 * The rungs of a ledger; null where nothing stops its trials early.
 * @param mask 1 for each trial that a filter lets through; null: all.
 */
export function rungsOf(
  ledger: Pick<SweepLedger, "spec" | "trials" | "counts">,
  mask: Uint8Array | null = null,
): Rungs | null {
  const { spec: { scheduler, metric } } = ledger;
  if (scheduler === undefined) return null;
  const trials = mask === null ? ledger.trials : ledger.trials.filter(({ id }) => mask[id] === 1);
  const counts = mask === null ? ledger.counts : countEnded(trials);
  const rows = rungRows(trials, metric.goal);
  return {
    scheduler: schedulerWords(scheduler),
    rows: mostTelling(rows),
    total: rows.length,
    pruned: counts.pruned,
    completed: counts.completed,
    metric: metric.name,
    goal: metric.goal,
  };
}

function countEnded(
  trials: readonly Pick<Trial, "state">[],
): { readonly pruned: number; readonly completed: number } {
  let [pruned, completed] = [0, 0];
  for (const { state: { status } } of trials) {
    if (status === "pruned") pruned++;
    if (status === "completed") completed++;
  }
  return { pruned, completed };
}

/** A row for each epoch at which trials were looked at, ascending. */
export function rungRows(
  trials: readonly Pick<Trial, "id" | "rungs" | "state">[],
  goal: Goal,
): readonly RungRow[] {
  const byEpoch = new Map<number, Tally>();
  const rowAt = (epoch: number): Tally => {
    const known = byEpoch.get(epoch);
    if (known !== undefined) return known;
    const row: Tally = {
      epoch,
      reached: 0,
      wentOn: 0,
      waiting: 0,
      pruned: 0,
      best: null,
      bestTrial: null,
    };
    byEpoch.set(epoch, row);
    return row;
  };
  for (const { id, rungs = [], state } of trials) {
    for (const [index, { epoch, values: [value = null] }] of rungs.entries()) {
      const row = rowAt(epoch);
      const isLast = index === rungs.length - 1;
      row.reached++;
      if (isLast && state.status === "pruned") row.pruned++;
      else if (isLast && state.status === "paused") row.waiting++;
      else row.wentOn++;
      if (lossOf(value, goal) < lossOf(row.best, goal)) {
        row.best = value;
        row.bestTrial = id;
      }
    }
  }
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

/** All, or those at which most were pruned, in their order. */
function mostTelling(rows: readonly RungRow[]): readonly RungRow[] {
  if (rows.length <= MOST_RUNGS) return rows;
  const kept = new Set(rows.toSorted((a, b) => b.pruned - a.pruned).slice(0, MOST_RUNGS));
  return rows.filter((row) => kept.has(row));
}
