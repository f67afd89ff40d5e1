/** Where a surface over a grid has a given height, as an SVG path: marching squares. */
import { shareOf } from "../client/charts/axis.ts";
import type { GridAxis } from "../../core/domain/trial_result.ts";

/** A surface: `values[row * x.count + column]`. */
export interface GridSurface {
  readonly x: Pick<GridAxis, "count">;
  readonly y: Pick<GridAxis, "count">;
  readonly values: readonly number[];
}

type Corner = readonly [column: number, row: number];

/** The corners of a cell in a round. */
const ROUND: readonly Corner[] = [[0, 0], [1, 0], [1, 1], [0, 1]];

/**
 * Straight pieces, one or two in each cell that the line crosses. In a saddle the pieces join
 * neighbouring edges.
 * @param place The text of a place, by grid coordinates that need not be whole.
 */
export function levelLine(
  surface: GridSurface,
  { level, place }: {
    readonly level: number;
    readonly place: (column: number, row: number) => string;
  },
): string {
  const parts: string[] = [];
  for (let row = 0; row + 1 < surface.y.count; row++) {
    for (let column = 0; column + 1 < surface.x.count; column++) {
      const crossings = crossingsOf(surface, { column, row, level });
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const ends = crossings.slice(i, i + 2).map(([c, r]) => place(c, r));
        parts.push(`M${ends.join("L")}`);
      }
    }
  }
  return parts.join("");
}

/** Where the edges of a cell are crossed, in a round: none, two or four places. */
function crossingsOf(
  { x, values }: GridSurface,
  { column, row, level }: { readonly column: number; readonly row: number; readonly level: number },
): readonly Corner[] {
  return ROUND.flatMap(([c, r], index): readonly Corner[] => {
    const [nextC, nextR] = ROUND[(index + 1) % ROUND.length] ?? [c, r];
    const from = values[(row + r) * x.count + column + c] ?? NaN;
    const to = values[(row + nextR) * x.count + column + nextC] ?? NaN;
    if (!Number.isFinite(from) || !Number.isFinite(to) || from >= level === to >= level) return [];
    const share = shareOf(level, [from, to]);
    return [[column + c + share * (nextC - c), row + r + share * (nextR - r)]];
  });
}
