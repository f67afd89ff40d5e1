/** Examples of a split as rows of numbers: the network's inputs, and what is due of it. */
import { copyRows, type Split } from "../datasets/dataset.ts";
import type { Normalisation } from "../datasets/normalisation.ts";

/**
 * Writes the examples at `indices` into `target` [indices, features], row by row: bytes through the
 * normalisation, floats as they are.
 * @throws {RangeError} If the split has bytes and there is no normalisation.
 */
export function writeInputs(
  target: Float32Array,
  { split, indices, normalisation }: {
    readonly split: Split;
    readonly indices: Uint32Array;
    readonly normalisation: Normalisation | null;
  },
): void {
  const { inputs, features } = split;
  switch (inputs.kind) {
    case "floats":
      return copyRows(target, { source: inputs.values, indices, columns: features });
    case "bytes":
      if (normalisation === null) {
        throw new RangeError("Cannot use examples of bytes: there must be a normalisation");
      }
      return normaliseRows(target, { bytes: inputs.bytes, features, indices, normalisation });
    default:
      inputs satisfies never;
  }
}

function normaliseRows(
  target: Float32Array,
  { bytes, features, indices, normalisation: { planes, table } }: {
    readonly bytes: Uint8Array;
    readonly features: number;
    readonly indices: Uint32Array;
    readonly normalisation: Normalisation;
  },
): void {
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

/**
 * Writes what is due of the examples at `indices` into `target` [indices, outputs]: a 1 at the class
 * of each among several outputs; the class 0 or 1 itself, or the value, where there is one output.
 */
export function writeTargets(
  target: Float32Array,
  { split: { targets }, indices, outputs }: {
    readonly split: Split;
    readonly indices: Uint32Array;
    readonly outputs: number;
  },
): void {
  const isOneHot = targets.kind === "classes" && outputs > 1;
  const numbers = targets.kind === "classes" ? targets.labels : targets.values;
  if (isOneHot) target.fill(0);
  for (let row = 0; row < indices.length; row++) {
    const due = numbers[indices[row] ?? 0] ?? 0;
    if (isOneHot) target[row * outputs + due] = 1;
    else target[row] = due;
  }
}

/** Writes the transpose of `source` [rows, columns] into `target` [columns, rows]. */
export function writeTransposed(
  target: Float32Array,
  { source, rows, columns }: {
    readonly source: Float32Array;
    readonly rows: number;
    readonly columns: number;
  },
): void {
  const starts = Uint32Array.from({ length: rows }, (_, row) => row * columns);
  writeTransposedRows(target, { source, starts, columns });
}

/** Rows are transposed so many at a time: that many streams a processor reads well. */
const STRIP = 8;

/** Writes the rows of `source` that begin at `starts` as the columns of `target` [columns, rows]. */
export function writeTransposedRows(
  target: Float32Array,
  { source, starts, columns }: {
    readonly source: Float32Array;
    readonly starts: Uint32Array;
    readonly columns: number;
  },
): void {
  const rows = starts.length;
  const whole = rows - rows % STRIP;
  for (let row = 0; row < whole; row += STRIP) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = starts.subarray(row);
    let to = row;
    for (let column = 0; column < columns; column++) {
      // Written out, this is nearly three times as fast as a loop over the eight rows.
      target[to] = source[a + column] ?? 0;
      target[to + 1] = source[b + column] ?? 0;
      target[to + 2] = source[c + column] ?? 0;
      target[to + 3] = source[d + column] ?? 0;
      target[to + 4] = source[e + column] ?? 0;
      target[to + 5] = source[f + column] ?? 0;
      target[to + 6] = source[g + column] ?? 0;
      target[to + 7] = source[h + column] ?? 0;
      to += rows;
    }
  }
  for (let row = whole; row < rows; row++) {
    const from = starts[row] ?? 0;
    for (let column = 0; column < columns; column++) {
      target[column * rows + row] = source[from + column] ?? 0;
    }
  }
}
