/** Which configurations are lines, and which of the lines stand out. */
import type {
  ConfigurationPoint,
  ObjectiveScale,
  ParallelLine,
  ParallelLines,
} from "../client/parameters/parameters_model.ts";
import { stepOf } from "./parameters_axes.ts";

/** Lines that are drawn unless somebody asks for more, and the most that anybody gets. */
export const USUAL_LINES = 500;
/** More than this many lines are no picture any more. */
export const MOST_LINES = 5_000;

/** The share of completed configurations that is emphasised. */
const BEST_SHARE = 0.1;

/** How many of so many completed configurations are the best tenth: at least one. */
export function bestTenth(completed: number): number {
  return completed === 0 ? 0 : Math.max(1, Math.ceil(completed * BEST_SHARE - 1e-9));
}

/** The lines, worst first, so that the best are drawn above the others; `points` come best first. */
export function parallelLines(
  points: readonly ConfigurationPoint[],
  { objective, limit }: { readonly objective: ObjectiveScale; readonly limit: number },
): ParallelLines {
  const best = bestTenth(points.filter(({ mean }) => mean !== null).length);
  // Of a hundred thousand only those become lines that are drawn.
  const lines = thinned([...points.keys()], limit).flatMap((place): ParallelLine[] => {
    const point = points[place];
    if (point === undefined) return [];
    const step = point.mean === null ? null : stepOf(objective, point.mean);
    return [{ ...point, isBest: place < best, step }];
  });
  return { lines: lines.toReversed(), total: points.length, best, limit };
}

/** At most `limit`: the first half of them from the start, the others evenly from the rest. */
export function thinned<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length <= limit) return items;
  const first = Math.ceil(limit / 2);
  const others = limit - first;
  const rest = items.length - first;
  return [
    ...items.slice(0, first),
    ...Array.from({ length: others }, (_, index) => {
      const place = others === 1 ? rest - 1 : Math.round(index * (rest - 1) / (others - 1));
      return items[first + place];
    }).filter((item) => item !== undefined),
  ];
}
