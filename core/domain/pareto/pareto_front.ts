/** The Pareto front: the points that no other dominates. */
import { isFinitePoint, type Losses } from "./dominance.ts";
import { nonDominatedRanks } from "./non_dominated_ranks.ts";

/**
 * The indices of the points on the front, ascending; of equal points all. Points with a loss that is
 * not finite are never on it.
 */
export function paretoFront(points: readonly Losses[]): readonly number[] {
  return nonDominatedRanks(points).flatMap((rank, index) =>
    rank === 0 && isFinitePoint(points[index] ?? []) ? [index] : []
  );
}
