/** Crowding distance: how lonely a point is among others of its rank (Deb et al., 2002, §III-B). */
import type { Losses } from "./dominance.ts";

/**
 * The sum over the objectives of the gap between a point's two neighbours, as a share of the range;
 * Infinity for the ends of an objective's range. An objective in which all are equal adds nothing,
 * and losses that are not finite are no neighbours.
 */
export function crowdingDistances(points: readonly Losses[]): readonly number[] {
  const distances = new Array<number>(points.length).fill(0);
  const objectives = points[0]?.length ?? 0;
  for (let objective = 0; objective < objectives; objective++) {
    const lossOf = (index: number): number => points[index]?.[objective] ?? 0;
    const order = points
      .map((_, index) => index)
      .filter((index) => Number.isFinite(lossOf(index)))
      .sort((a, b) => lossOf(a) - lossOf(b));
    const first = order[0];
    const last = order.at(-1);
    if (first === undefined || last === undefined) continue;
    const range = lossOf(last) - lossOf(first);
    if (range === 0) continue;
    distances[first] = Infinity;
    distances[last] = Infinity;
    for (let place = 1; place < order.length - 1; place++) {
      const index = order[place] ?? 0;
      const gap = lossOf(order[place + 1] ?? index) - lossOf(order[place - 1] ?? index);
      distances[index] = (distances[index] ?? 0) + gap / range;
    }
  }
  return distances;
}
