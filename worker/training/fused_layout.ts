/**
 * Where each lane lies in the fused network.
 *
 * The first layer is one matrix with the hidden units of all lanes as its rows, or as its columns
 * (see first_layer_form.ts), so that one wide product serves every lane. Above it lanes of like width form a block, a stack of small matrices.
 * A block is as wide as its widest lane; the narrower ones are filled up with units that stay 0,
 * which is worth it only where a further block would cost more than the empty units do.
 */

import type { UnitsAs } from "./first_layer_form.ts";

/** Lanes of like width, which are computed as one stack. */
export interface LaneBlock {
  /** K: which lanes these are, as positions in the list that was laid out. */
  readonly lanes: readonly number[];
  /** P: units of a hidden layer, those that fill up included. */
  readonly width: number;
  /** Where the block's lanes begin among the lanes in the order of `FusedLayout.order`. */
  readonly firstLane: number;
  /** Where its K × P rows of the first layer begin. */
  readonly firstRow: number;
}

/** The shape of a fused network. */
export interface FusedLayout {
  /** D: features of an example. */
  readonly inputs: number;
  /** C: outputs of each lane's network. */
  readonly outputs: number;
  /** The number of hidden layers. */
  readonly depth: number;
  /** The hidden width of each lane, in the order in which they were given. */
  readonly widths: readonly number[];
  /** In order of width. */
  readonly blocks: readonly LaneBlock[];
  /** All lanes, block by block, as positions in `widths`: the order of everything computed. */
  readonly order: readonly number[];
  /** R: rows of the first layer, a unit each. */
  readonly rows: number;
  /** Which way round the first layer's matrix lies. */
  readonly unitsAs: UnitsAs;
}

/** What is laid out. */
export interface LayOutOptions {
  /** D: features of an example. */
  readonly inputs: number;
  /** C: outputs of each lane's network. */
  readonly outputs: number;
  /** The number of hidden layers. */
  readonly depth: number;
  /** The hidden width of each lane. */
  readonly widths: readonly number[];
  /** Examples in a minibatch, to weigh what a unit costs. */
  readonly batchSize: number;
  /** Which way round the first layer's matrix is to lie; as rows when absent. */
  readonly unitsAs?: UnitsAs;
}

/** Seconds that a layer of a block costs by being there, measured on wasm. */
const LAYER_SECONDS = 1.5e-4;
/** Rates of the first layer's product and of the deeper ones, in operations a second. */
const WIDE_RATE = 3e10;
const DEEP_RATE = 1e10;
/** Seconds for an element of the element-wise operations of a step. */
const ELEMENT_SECONDS = 1e-8;

/**
 * Columns of the first layer's matrix: one for each input, one for the bias, and where there are
 * many inputs zeros up to a multiple of four, because rows that begin aligned are multiplied faster.
 */
export function firstColumns(inputs: number): number {
  return inputs < 32 ? inputs + 1 : Math.ceil((inputs + 1) / 4) * 4;
}

/** The layout with the least estimated time for a step. */
export function layOut(options: LayOutOptions): FusedLayout {
  const { inputs, outputs, depth, widths, unitsAs = "rows" } = options;
  const sorted = [...widths.keys()].sort((a, b) => (widths[a] ?? 0) - (widths[b] ?? 0));
  const blocks: LaneBlock[] = [];
  let [firstLane, firstRow] = [0, 0];
  for (const lanes of divide(sorted, options)) {
    const width = widths[lanes.at(-1) ?? 0] ?? 0;
    blocks.push({ lanes, width, firstLane, firstRow });
    firstLane += lanes.length;
    firstRow += lanes.length * width;
  }
  return { inputs, outputs, depth, widths, blocks, order: sorted, rows: firstRow, unitsAs };
}

/** Cuts the sorted lanes where it pays, by dynamic programming over the distinct widths. */
function divide(sorted: readonly number[], options: LayOutOptions): number[][] {
  const { widths } = options;
  const widthAt = (place: number): number => widths[sorted[place] ?? 0] ?? 0;
  // Lanes of equal width always stay together: only between distinct widths may a block end.
  const ends = [...sorted.keys()].filter((i) => widthAt(i) !== widthAt(i + 1) || isLast(i, sorted))
    .map((i) => i + 1);
  const starts = [0, ...ends];
  /** best[j]: the least time for the lanes before starts[j], and where their last block begins. */
  const best = [{ seconds: 0, from: 0 }];
  for (let j = 1; j < starts.length; j++) {
    const [end = 0, width] = [starts[j], widthAt((starts[j] ?? 1) - 1)];
    let least = { seconds: Infinity, from: 0 };
    for (let i = 0; i < j; i++) {
      const lanes = end - (starts[i] ?? 0);
      const seconds = (best[i]?.seconds ?? 0) + secondsOf({ lanes, width }, options);
      if (seconds < least.seconds) least = { seconds, from: i };
    }
    best.push(least);
  }
  const blocks: number[][] = [];
  for (let j = starts.length - 1; j > 0; j = best[j]?.from ?? 0) {
    blocks.unshift(sorted.slice(starts[best[j]?.from ?? 0], starts[j]));
  }
  return blocks;
}

function isLast(place: number, lanes: readonly number[]): boolean {
  return place === lanes.length - 1;
}

/** The estimated time of a step's part in a block: three products for each layer. */
function secondsOf(
  { lanes, width }: { readonly lanes: number; readonly width: number },
  { inputs, depth, batchSize }: LayOutOptions,
): number {
  const cells = lanes * width * batchSize;
  return (depth + 1) * LAYER_SECONDS +
    6 * cells * inputs / WIDE_RATE +
    6 * cells * width * (depth - 1) / DEEP_RATE +
    cells * depth * ELEMENT_SECONDS;
}
