/** The choice of a ranking by how many objectives there are. */
import { FrontRanking } from "./front_ranking.ts";
import type { Ranking } from "./ranking.ts";
import { SortedRanking } from "./sorted_ranking.ts";

/** A ranking by one objective, which costs a binary search a trial, or by several. */
export function createRanking(objectives: number): Ranking {
  return objectives === 1 ? new SortedRanking() : new FrontRanking();
}
