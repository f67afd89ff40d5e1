/** Points in the cells of a grid, best first, to be counted again and again for resamples. */
import type { Axis } from "./axis.ts";
import type { PointTable } from "./point_table.ts";

/** The points of a table in their cells. */
export interface CellGrid {
  /** One for each parameter of the table. */
  readonly blocks: readonly CellBlock[];
  /** Counts of all blocks together. */
  readonly cells: number;
  /** How many points from the first are the best `wanted`, with all that tie with the last. */
  readonly bestOf: (counts: Uint16Array, wanted: number) => Best;
  /** Adds the points from `from` to before `to`, each as often as it counts, to their cells. */
  readonly tally: (counts: Uint16Array, tallied: Tallied) => void;
}

/** Where one parameter's cells are, the one of points where it is inactive behind them. */
export interface CellBlock {
  readonly from: number;
  /** 0: nothing varies. */
  readonly cells: number;
}

/** The best points. */
export interface Best {
  readonly points: number;
  /** How much they count altogether. */
  readonly weight: number;
}

/** A range of points and where they are counted. */
export interface Tallied {
  readonly into: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** The grid of a table whose positions were read by `cellReader`. */
export function cellGrid({ size, columns, losses }: PointTable): CellGrid {
  const order = orderOf(losses);
  const isTie = new Uint8Array(size);
  for (let place = 1; place < size; place++) {
    isTie[place] = Number(losses[order[place] ?? 0] === losses[order[place - 1] ?? 0]);
  }
  let cells = 0;
  const blocks = columns.map(({ axis }): CellBlock => {
    const block = { from: cells, cells: cellsOf(axis) };
    cells += block.cells === 0 ? 0 : block.cells + 1;
    return block;
  });
  // Row by row: one pass over them counts a point in all its cells at once.
  const varied = columns.map(({ positions }, place) => ({ positions, ...blocks[place] }))
    .filter((column) => column.cells);
  const rows = new Uint32Array(size * varied.length);
  for (const [place, { positions, from = 0, cells: own = 0 }] of varied.entries()) {
    for (let rank = 0; rank < size; rank++) {
      const cell = positions[order[rank] ?? 0] ?? NaN;
      rows[rank * varied.length + place] = from + (Number.isNaN(cell) ? own : cell);
    }
  }
  return {
    blocks,
    cells,
    bestOf: (counts, wanted) => bestOf(counts, { isTie, wanted }),
    tally: (counts, tallied) => tally(rows, { ...tallied, counts, width: varied.length }),
  };
}

function cellsOf(axis: Axis): number {
  switch (axis.kind) {
    case "constant":
      return 0;
    case "numeric":
      return axis.cells;
    case "categorical":
      return axis.choices.length;
    default:
      return axis satisfies never;
  }
}

/** Points by their losses, then by their places: as they come, where the best come first. */
function orderOf(losses: Float64Array): Uint32Array {
  const order = new Uint32Array(losses.length);
  let isSorted = true;
  for (let place = 0; place < losses.length; place++) {
    order[place] = place;
    isSorted &&= place === 0 || (losses[place - 1] ?? 0) <= (losses[place] ?? 0);
  }
  if (isSorted) return order;
  return order.sort((a, b) => (losses[a] ?? 0) - (losses[b] ?? 0) || a - b);
}

function bestOf(
  counts: Uint16Array,
  { isTie, wanted }: { readonly isTie: Uint8Array; readonly wanted: number },
): Best {
  let weight = 0;
  let points = 0;
  while (points < counts.length && (weight < wanted || isTie[points] === 1)) {
    weight += counts[points] ?? 0;
    points++;
  }
  return { points, weight };
}

function tally(
  rows: Uint32Array,
  { counts, width, into, from, to }: Tallied & {
    readonly counts: Uint16Array;
    readonly width: number;
  },
): void {
  for (let point = from; point < to; point++) {
    const count = counts[point] ?? 0;
    if (count === 0) continue;
    for (let at = point * width; at < (point + 1) * width; at++) {
      const cell = rows[at] ?? 0;
      into[cell] = (into[cell] ?? 0) + count;
    }
  }
}
