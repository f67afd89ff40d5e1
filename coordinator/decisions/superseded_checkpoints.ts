/** Which checkpoints of paused trials nobody will go on from. */
import { isOver } from "../../core/domain/sweep.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { isTerminal } from "../../core/domain/trial.ts";

/**
 * The artifacts in which trials have waited, and which no trial that may go on refers to any more: a
 * live one, or one that failed and may be retried. Of a population that is still bred the last state
 * of each member stays, because others may take it over.
 */
export function supersededCheckpoints(ledger: SweepLedger): readonly string[] {
  const { spec: { scheduler }, status, trials } = ledger;
  if (scheduler === undefined) return [];
  const isBred = scheduler.type === "pbt" && !isOver(status);
  const parked = new Set<string>();
  const used = new Set<string>();
  for (const trial of trials) {
    for (const { artifact } of trial.parked ?? []) parked.add(artifact);
    const last = trial.parked?.at(-1);
    if (isBred && last !== undefined) used.add(last.artifact);
    if (mayGoOn(trial) && trial.checkpoint !== null) used.add(trial.checkpoint.artifact);
  }
  return [...parked.difference(used)];
}

function mayGoOn({ state: { status } }: Trial): boolean {
  return status === "failed" || !isTerminal(status);
}
