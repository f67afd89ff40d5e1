/** Which configurations are lines, and which of the lines stand out. */
import type {
  ObjectiveScale,
  ParallelLine,
  ParallelLines,
} from "../client/parameters/parameters_model.ts";
import { stepOf } from "./parameters_axes.ts";
import type { ShownPoints } from "./shown_points.ts";

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

/** The lines, worst first, so that the best are drawn above the others; `shown` come best first. */
export function parallelLines(
  shown: ShownPoints,
  { objective, limit }: { readonly objective: ObjectiveScale; readonly limit: number },
): ParallelLines {
  const best = bestTenth(shown.finite.length);
  // Of a hundred thousand only those become lines that are drawn.
  const lines = thinnedPlaces(shown.length, limit).flatMap((place): ParallelLine[] =>
    shown.pointAt(shown.rows[place] ?? NaN).map((point) => {
      const step = point.mean === null ? null : stepOf(objective, point.mean);
      return { ...point, isBest: place < best, step };
    })
  );
  return { lines: lines.toReversed(), total: shown.length, best, limit };
}

/** At most `limit`: the first half of them from the start, the others evenly from the rest. */
export function thinned<Item>(items: readonly Item[], limit: number): readonly Item[] {
  if (items.length <= limit) return items;
  return thinnedPlaces(items.length, limit)
    .map((place) => items[place])
    .filter((item) => item !== undefined);
}

/** The places of {@link thinned} among so many. */
export function thinnedPlaces(length: number, limit: number): readonly number[] {
  if (length <= limit) return Array.from({ length }, (_, place) => place);
  const first = Math.ceil(limit / 2);
  const others = limit - first;
  const rest = length - first;
  return Array.from({ length: limit }, (_, place) => {
    if (place < first) return place;
    if (others === 1) return length - 1;
    return first + Math.round((place - first) * (rest - 1) / (others - 1));
  });
}
