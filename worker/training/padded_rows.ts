/** The examples of a split as rows of D₁ numbers (see `firstColumns`), normalised once if small. */
import type { Split } from "../datasets/dataset.ts";
import type { Normalisation } from "../datasets/normalisation.ts";
import { writeInputs } from "./example_rows.ts";
import { firstColumns } from "./fused_layout.ts";

/** Rows that lie somewhere in an array, in an order of their own. */
export interface PlacedRows {
  /** Where they lie. */
  readonly source: Float32Array;
  /** Where each of them begins. */
  readonly starts: Uint32Array;
  /** D₁: how many numbers each of them has. */
  readonly columns: number;
}

/** How rows are made. */
export interface PaddedRowsOptions {
  /** How a byte becomes an input; null for floats. */
  readonly normalisation: Normalisation | null;
  /** The rows of the whole split are held if they take no more memory than this. */
  readonly residentBytes: number;
}

/** Rows normalised at a time, so that little more memory is taken than they are held in. */
const CHUNK = 1024;

interface HeldRows {
  readonly normalisation: Normalisation | null;
  readonly rows: Float32Array;
}

/** The rows of splits that were small enough, for the packs of one dataset, which share them. */
const rowsBySplit = new WeakMap<Split, HeldRows>();

/** Makes the rows of one split. */
export class PaddedRows {
  readonly #split: Split;
  readonly #normalisation: Normalisation | null;
  /** All rows [N, D₁], or null where they would take too much memory. */
  readonly #all: Float32Array | null;
  /** Holds the rows that were last asked for, where not all are held. */
  #some: Float32Array = new Float32Array();
  /** Rows [.., D] without what they are filled up with. */
  #inputs: Float32Array = new Float32Array();

  /** Normalises the whole split if it is small enough. */
  constructor(split: Split, { normalisation, residentBytes }: PaddedRowsOptions) {
    this.#split = split;
    this.#normalisation = normalisation;
    const size = split.count * firstColumns(split.features);
    const isSmall = size * Float32Array.BYTES_PER_ELEMENT <= residentBytes;
    this.#all = isSmall ? this.#hold() : null;
  }

  /** The rows at `indices`, in that order; they may be gone once others are asked for. */
  at(indices: Uint32Array): PlacedRows {
    const columns = firstColumns(this.#split.features);
    if (this.#all !== null) {
      return { source: this.#all, starts: indices.map((index) => index * columns), columns };
    }
    const size = indices.length * columns;
    if (this.#some.length < size) this.#some = new Float32Array(size);
    this.#write(this.#some.subarray(0, size), indices);
    return { source: this.#some, starts: indices.map((_, row) => row * columns), columns };
  }

  #hold(): Float32Array {
    const [split, normalisation] = [this.#split, this.#normalisation];
    const held = rowsBySplit.get(split);
    if (held !== undefined && held.normalisation === normalisation) return held.rows;
    const rows = new Float32Array(split.count * firstColumns(split.features));
    this.#write(rows, Uint32Array.from({ length: split.count }, (_, i) => i));
    rowsBySplit.set(split, { normalisation, rows });
    this.#inputs = new Float32Array();
    return rows;
  }

  #write(target: Float32Array, indices: Uint32Array): void {
    const { features } = this.#split;
    const columns = firstColumns(features);
    for (let start = 0; start < indices.length; start += CHUNK) {
      const chunk = indices.subarray(start, start + CHUNK);
      const size = chunk.length * features;
      if (this.#inputs.length < size) this.#inputs = new Float32Array(size);
      const inputs = this.#inputs.subarray(0, size);
      writeInputs(inputs, {
        split: this.#split,
        indices: chunk,
        normalisation: this.#normalisation,
      });
      const end = start + chunk.length;
      padRows(target.subarray(start * columns, end * columns), inputs, features);
    }
  }
}

/** Writes rows [.., D], each followed by a 1 and zeros, into `target` [.., D₁]. */
function padRows(target: Float32Array, rows: Float32Array, features: number): void {
  const columns = firstColumns(features);
  for (let row = 0; row * features < rows.length; row++) {
    const end = row * columns + features;
    target.set(rows.subarray(row * features, (row + 1) * features), row * columns);
    target[end] = 1;
    target.fill(0, end + 1, (row + 1) * columns);
  }
}

/** Writes the rows into `target` [rows, columns]. */
export function writePlaced(target: Float32Array, { source, starts, columns }: PlacedRows): void {
  for (let row = 0; row < starts.length; row++) {
    const from = starts[row] ?? 0;
    target.set(source.subarray(from, from + columns), row * columns);
  }
}
