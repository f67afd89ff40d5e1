/** Configurations ranked by their objective, replicates taken together. */
import type { SweepLedger } from "../domain/sweep_ledger.ts";
import { GrowingLeaderboard } from "./growing_leaderboard.ts";
import type { LeaderboardRow } from "./leaderboard_row.ts";

export { estimateMetric, type LeaderboardRow, testMetricOf } from "./leaderboard_row.ts";

/** All configurations with a completed trial, best first. */
export function leaderboard(ledger: SweepLedger): readonly LeaderboardRow[] {
  return new GrowingLeaderboard(ledger).rows();
}
