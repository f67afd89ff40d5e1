/** The order of trials by their losses: by one objective, or by several at once. */
import { nonDominatedRanks } from "../../core/domain/pareto/non_dominated_ranks.ts";

/**
 * The indices of loss vectors of equal length, best first.
 *
 * One objective: ascending. Several: by non-dominated fronts, within a front by crowding distance,
 * the least crowded first (Deb et al., 2002: NSGA-II, §III), then by the first objective that
 * differs. A vector with NaN or an infinity in it comes after all others. What is still equal stays in
 * the order given, so put what shall break ties there.
 */
export function rankLosses(losses: readonly (readonly number[])[]): readonly number[] {
  const finite: number[] = [];
  const others: number[] = [];
  for (const [index, vector] of losses.entries()) (areFinite(vector) ? finite : others).push(index);
  const at = (index: number): readonly number[] => losses[index] ?? [];
  finite.sort((a, b) => compareVectors(at(a), at(b)) || a - b);
  if ((losses[0]?.length ?? 1) === 1) return [...finite, ...others];
  const fronts = frontsOf(finite.map(at));
  return [
    ...fronts.flatMap((front) =>
      byCrowding(front.map((member) => at(finite[member] ?? 0)))
        .map((place) => finite[front[place] ?? 0] ?? 0)
    ),
    ...others,
  ];
}

/** Whether every loss is a number that can be compared: neither NaN nor infinite. */
export function areFinite(losses: readonly number[]): boolean {
  return losses.every(Number.isFinite);
}

/** By the first loss that differs. */
export function compareVectors(a: readonly number[], b: readonly number[]): number {
  for (const [index, loss] of a.entries()) {
    const other = b[index] ?? 0;
    if (loss !== other) return loss < other ? -1 : 1;
  }
  return 0;
}

/** The fronts, each as ascending places within `vectors`. */
function frontsOf(vectors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const fronts: number[][] = [];
  for (const [place, rank] of nonDominatedRanks(vectors).entries()) {
    (fronts[rank] ??= []).push(place);
  }
  return fronts;
}

/** The places of a front's vectors, the least crowded first; who is at an end is not crowded at all. */
function byCrowding(vectors: readonly (readonly number[])[]): readonly number[] {
  const distances = vectors.map(() => 0);
  const loss = (place: number | undefined, objective: number): number =>
    vectors[place ?? 0]?.[objective] ?? 0;
  for (const objective of (vectors[0] ?? []).keys()) {
    const order = [...vectors.keys()]
      .sort((a, b) => loss(a, objective) - loss(b, objective) || a - b);
    const range = loss(order.at(-1), objective) - loss(order[0], objective);
    for (const [rank, place] of order.entries()) {
      const isEnd = rank === 0 || rank === order.length - 1;
      const gap = loss(order[rank + 1], objective) - loss(order[rank - 1], objective);
      const distance = isEnd ? Infinity : range > 0 ? gap / range : 0;
      distances[place] = (distances[place] ?? 0) + distance;
    }
  }
  // Places are in lexicographic order already, and sorting is stable.
  return [...vectors.keys()].sort((a, b) => {
    const [first, second] = [distances[a] ?? 0, distances[b] ?? 0];
    return first === second ? a - b : second - first;
  });
}
