/** The first rows of a leaderboard that have a number, with all that may equal the last of them. */
import type { LeaderboardRow } from "./leaderboard_row.ts";

/** Means that are nearer, relatively, may be equal: sums in another order round otherwise. */
const ROUNDING = 1e-9;

/** At least `count` of them where there are as many; none that diverged. */
export function bestRows(
  leaderboard: readonly LeaderboardRow[],
  count: number,
): readonly LeaderboardRow[] {
  const best: LeaderboardRow[] = [];
  let last: { readonly mean: number; readonly isDropped: boolean } | null = null;
  for (const row of leaderboard) {
    const { estimate, isDropped } = row;
    if (estimate === null) continue;
    if (last !== null) {
      const distance = Math.abs(estimate.mean - last.mean);
      const isNear = distance <= ROUNDING * Math.max(1e-300, Math.abs(last.mean));
      if (isDropped !== last.isDropped || !isNear) break;
    }
    best.push(row);
    if (best.length === count) last = { mean: estimate.mean, isDropped };
  }
  return best;
}
