/** Which trials' models nobody will ask for. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";

/** The models of so many configurations, the best, are kept. */
export const CONFIGURATIONS_KEPT = 10;

/**
 * The trials whose models are of no use: those of configurations that have ended behind the best ten
 * that have ended. What has ended only loses ranks, so whatever is best at last still has its models;
 * configurations that tie for the tenth place keep theirs, too.
 */
export function supersededModels(ledger: SweepLedger): readonly TrialId[] {
  const ended = leaderboard(ledger).filter(({ trials }) =>
    trials.every(({ state }) => isTerminal(state.status))
  );
  const last = ended[CONFIGURATIONS_KEPT - 1];
  if (last === undefined) return [];
  return ended.filter(({ rank }) => rank > last.rank)
    .flatMap(({ trials }) => trials)
    .filter(({ model }) => model !== null)
    .map(({ id }) => id);
}
