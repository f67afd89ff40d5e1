/**
 * Non-dominated ranks: 0 for points that no other dominates, 1 for those that only these dominate, ….
 *
 * Efficient non-dominated sort with binary search (Zhang, Tian, Cheng and Jin, 2015: ENS-BS): points
 * come in lexical order, so none dominates one before it, and the fronts that dominate a point are
 * the first ones. With two losses a front's last point decides alone, which makes it O(n log n).
 */
import { compareLexically, dominates, isFinitePoint, type Losses } from "./dominance.ts";

/** The rank of each point, in their order; points with a loss that is not finite share the last. */
export function nonDominatedRanks(points: readonly Losses[]): readonly number[] {
  const ranks = new Array<number>(points.length).fill(0);
  const finite = points
    .map((losses, index) => ({ losses, index }))
    .filter(({ losses }) => isFinitePoint(losses))
    .sort((a, b) => compareLexically(a.losses, b.losses));
  const fronts: Losses[][] = [];
  let last: { readonly losses: Losses; readonly rank: number } | null = null;
  for (const { losses, index } of finite) {
    // Equal points do not dominate each other.
    const isRepeated: boolean = last !== null && compareLexically(last.losses, losses) === 0;
    const rank: number = last !== null && isRepeated ? last.rank : rankAmong(fronts, losses);
    if (!isRepeated) {
      const front = fronts[rank];
      if (front === undefined) fronts.push([losses]);
      else front.push(losses);
    }
    ranks[index] = rank;
    last = { losses, rank };
  }
  if (finite.length < points.length) {
    for (const [index, losses] of points.entries()) {
      if (!isFinitePoint(losses)) ranks[index] = fronts.length;
    }
  }
  return ranks;
}

/** The first front without a point that dominates this one. */
function rankAmong(fronts: readonly (readonly Losses[])[], losses: Losses): number {
  let low = 0;
  let high = fronts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isDominatedBy(fronts[middle] ?? [], losses)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isDominatedBy(front: readonly Losses[], losses: Losses): boolean {
  // In lexical order each further point of a front has the smallest second loss so far.
  const first = losses.length <= 2 ? front.length - 1 : 0;
  for (let i = front.length - 1; i >= first; i--) {
    const other = front[i];
    if (other !== undefined && dominates(other, losses)) return true;
  }
  return false;
}
