/** Examples of a split as rows of numbers: normalised inputs, and one-hot classes. */
import type { Split } from "../datasets/dataset.ts";
import type { Normalisation } from "../datasets/normalisation.ts";

/** Writes the normalised examples at `indices` into `target` [indices, features], row by row. */
export function writeInputs(
  target: Float32Array,
  { split, indices, normalisation }: {
    readonly split: Split;
    readonly indices: Uint32Array;
    readonly normalisation: Normalisation;
  },
): void {
  const { bytes, features } = split;
  const { planes, table } = normalisation;
  const planeSize = features / planes;
  for (let row = 0; row < indices.length; row++) {
    let from = (indices[row] ?? 0) * features;
    let to = row * features;
    for (let plane = 0; plane < planes; plane++) {
      const base = plane * 256;
      const end = to + planeSize;
      while (to < end) target[to++] = table[base + (bytes[from++] ?? 0)] ?? 0;
    }
  }
}

/** Writes a 1 at the class of each example at `indices` into `target` [indices, classes]. */
export function writeOneHot(
  target: Float32Array,
  { split, indices, classes }: {
    readonly split: Split;
    readonly indices: Uint32Array;
    readonly classes: number;
  },
): void {
  target.fill(0);
  for (const [row, index] of indices.entries()) {
    target[row * classes + (split.labels[index] ?? 0)] = 1;
  }
}

/** Transposing goes tile by tile: both sides of an 8 × 8 tile stay in the first-level cache. */
const TILE = 8;

/** Writes the transpose of `source` [rows, columns] into `target` [columns, rows]. */
export function writeTransposed(
  target: Float32Array,
  { source, rows, columns }: {
    readonly source: Float32Array;
    readonly rows: number;
    readonly columns: number;
  },
): void {
  const wholeColumns = columns - columns % TILE;
  for (let rowTile = 0; rowTile < rows; rowTile += TILE) {
    const rowEnd = Math.min(rowTile + TILE, rows);
    for (let column = 0; column < wholeColumns; column += TILE) {
      for (let row = rowTile; row < rowEnd; row++) {
        const from = row * columns + column;
        const to = column * rows + row;
        // Written out, this is nearly three times as fast as a loop over the eight columns.
        target[to] = source[from] ?? 0;
        target[to + rows] = source[from + 1] ?? 0;
        target[to + 2 * rows] = source[from + 2] ?? 0;
        target[to + 3 * rows] = source[from + 3] ?? 0;
        target[to + 4 * rows] = source[from + 4] ?? 0;
        target[to + 5 * rows] = source[from + 5] ?? 0;
        target[to + 6 * rows] = source[from + 6] ?? 0;
        target[to + 7 * rows] = source[from + 7] ?? 0;
      }
    }
  }
  for (let column = wholeColumns; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      target[column * rows + row] = source[row * columns + column] ?? 0;
    }
  }
}
