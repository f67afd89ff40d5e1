/** Which lanes of a message count: workers are of other versions, and may name anything. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";

/** The lanes that train in this pack now, each at its first mention; all others are passed over. */
export function runningLanes<Lane extends { readonly trial: TrialId }>(
  ledger: SweepLedger,
  pack: Pack,
  lanes: readonly Lane[],
): readonly Lane[] {
  const left = new Set(pack.trials.filter((id) => isRunningIn(ledger, pack, id)));
  return lanes.filter(({ trial }) => left.delete(trial));
}

/** Whether the pack trains the trial now; one that failed in it and was retried is in another. */
export function isRunningIn(ledger: SweepLedger, { id }: Pack, trial: TrialId): boolean {
  const { pack, state } = ledger.trial(trial);
  return pack === id && state.status === "running";
}
