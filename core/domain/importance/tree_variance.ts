/**
 * How much of a tree's variance each parameter explains, exactly: the functional ANOVA of a
 * piecewise constant function (Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing
 * Hyperparameter Importance", ICML 2014, algorithms 1 and 2). Their marginal âᵁ(θᵁ) is the mean of
 * the leaves that are compatible with θᵁ, weighted by their volumes.
 */
import type { Tree } from "./regression_tree.ts";

/** A parameter's measure. */
export interface TreeMeasure {
  /** The probabilities of choices; null: uniform on [0, 1]. */
  readonly weights: readonly number[] | null;
}

/** A tree's variance under the measure, and its parts. */
export interface TreeVariance {
  readonly total: number;
  /** Of the marginal of each axis alone. */
  readonly mains: readonly number[];
  /** What two axes explain together beyond what each explains alone. */
  readonly ofPair: (a: number, b: number) => number;
}

/** Takes a tree's variance apart. */
export function treeVariance(tree: Tree, measures: readonly TreeMeasure[]): TreeVariance {
  const axes = measures.map((measure, axis) =>
    axisCells(tree, { measure, axis, of: measures.length })
  );
  const leaves = tree.leafValues.map((value, leaf) => ({
    value,
    leaf,
    volume: axes.reduce((volume, { sizes }) => volume * (sizes[leaf] ?? 0), 1),
  })).filter(({ volume }) => volume > 0);
  const mean = leaves.reduce((sum, { value, volume }) => sum + value * volume, 0);
  const total = leaves.reduce((sum, { value, volume }) => sum + (value - mean) ** 2 * volume, 0);
  const centred = leaves.map((leaf) => ({ ...leaf, value: leaf.value - mean }));
  const mains = axes.map((axis) => withoutRounding(mainVariance(centred, axis), total));
  const ofPair = (a: number, b: number): number => {
    const [first, second] = [axes[a], axes[b]];
    if (first === undefined || second === undefined) return 0;
    const alone = (mains[a] ?? 0) + (mains[b] ?? 0);
    return withoutRounding(jointVariance(centred, [first, second]) - alone, total);
  };
  return { total, mains, ofPair };
}

/** A difference of variances leaves so much of the whole where there is nothing, or less than 0. */
const ROUNDING = 1e-14;

function withoutRounding(variance: number, total: number): number {
  return variance > ROUNDING * total ? variance : 0;
}

/** An axis in the cells between all cuts of the tree, or choice by choice. */
interface AxisCells {
  /** The measure of each cell. */
  readonly widths: Float64Array;
  /** The measure of each leaf on this axis. */
  readonly sizes: Float64Array;
  /** The cells of each leaf: runs [from, to), from one place in `runs` to the next. */
  readonly runs: Int32Array;
  readonly places: Int32Array;
}

interface CentredLeaf {
  readonly leaf: number;
  /** The difference from the mean of the tree. */
  readonly value: number;
  readonly volume: number;
}

interface AxisOptions {
  readonly measure: TreeMeasure;
  readonly axis: number;
  /** How many axes there are. */
  readonly of: number;
}

function axisCells(tree: Tree, { measure: { weights }, axis, of }: AxisOptions): AxisCells {
  if (weights !== null) return choiceCells(tree, { weights, axis, of });
  const cuts = tree.cuts[axis] ?? [];
  const sorted = [...cuts.keys()].sort((a, b) => (cuts[a] ?? 0) - (cuts[b] ?? 0));
  const ranks = new Int32Array(cuts.length);
  sorted.forEach((cut, rank) => ranks[cut] = rank + 1);
  const bounds = Float64Array.from([0, ...sorted.map((cut) => cuts[cut] ?? 0), 1]);
  const last = bounds.length - 1;
  const leaves = tree.leafValues.length;
  const runs = new Int32Array(2 * leaves);
  const sizes = new Float64Array(leaves);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const lower = tree.lowerCuts[leaf * of + axis] ?? -1;
    const upper = tree.upperCuts[leaf * of + axis] ?? -1;
    const from = lower < 0 ? 0 : ranks[lower] ?? 0;
    const to = upper < 0 ? last : ranks[upper] ?? last;
    runs[2 * leaf] = from;
    runs[2 * leaf + 1] = to;
    sizes[leaf] = (bounds[to] ?? 1) - (bounds[from] ?? 0);
  }
  const widths = new Float64Array(last);
  widths.forEach((_, cell) => widths[cell] = (bounds[cell + 1] ?? 1) - (bounds[cell] ?? 0));
  const places = new Int32Array(leaves + 1);
  places.forEach((_, leaf) => places[leaf] = 2 * leaf);
  return { widths, sizes, runs, places };
}

function choiceCells(
  tree: Tree,
  { weights, axis, of }: {
    readonly weights: readonly number[];
    readonly axis: number;
    readonly of: number;
  },
): AxisCells {
  const leaves = tree.leafValues.length;
  const runs: number[] = [];
  const sizes = new Float64Array(leaves);
  const places = new Int32Array(leaves + 1);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const set = tree.choices[leaf * of + axis] ?? null;
    for (const [choice, weight] of weights.entries()) {
      if (set !== null && set[choice] !== 1) continue;
      sizes[leaf] = (sizes[leaf] ?? 0) + weight;
      // A choice behind the one before it makes that run longer.
      if (runs.length > (places[leaf] ?? 0) && runs.at(-1) === choice) {
        runs[runs.length - 1] = choice + 1;
      } else runs.push(choice, choice + 1);
    }
    places[leaf + 1] = runs.length;
  }
  return { widths: Float64Array.from(weights), sizes, runs: Int32Array.from(runs), places };
}

/** The variance of one axis's marginal; steps are summed up at the end, run by run. */
function mainVariance(
  leaves: readonly CentredLeaf[],
  { widths, sizes, runs, places }: AxisCells,
): number {
  const steps = new Float64Array(widths.length + 1);
  for (const { leaf, value, volume } of leaves) {
    const part = value * volume / (sizes[leaf] ?? 1);
    for (let run = places[leaf] ?? 0; run < (places[leaf + 1] ?? 0); run += 2) {
      const from = runs[run] ?? 0;
      const to = runs[run + 1] ?? 0;
      steps[from] = (steps[from] ?? 0) + part;
      steps[to] = (steps[to] ?? 0) - part;
    }
  }
  let marginal = 0;
  let variance = 0;
  for (let cell = 0; cell < widths.length; cell++) {
    marginal += steps[cell] ?? 0;
    variance += (widths[cell] ?? 0) * marginal * marginal;
  }
  return variance;
}

/** The variance of the marginal of two axes together. */
function jointVariance(
  leaves: readonly CentredLeaf[],
  [rows, columns]: readonly [AxisCells, AxisCells],
): number {
  const stride = columns.widths.length + 1;
  const steps = new Float64Array((rows.widths.length + 1) * stride);
  const add = (row: number, column: number, part: number): void => {
    const at = row * stride + column;
    steps[at] = (steps[at] ?? 0) + part;
  };
  for (const { leaf, value, volume } of leaves) {
    const part = value * volume / ((rows.sizes[leaf] ?? 1) * (columns.sizes[leaf] ?? 1));
    for (let r = rows.places[leaf] ?? 0; r < (rows.places[leaf + 1] ?? 0); r += 2) {
      for (let c = columns.places[leaf] ?? 0; c < (columns.places[leaf + 1] ?? 0); c += 2) {
        const [top, bottom] = [rows.runs[r] ?? 0, rows.runs[r + 1] ?? 0];
        const [left, right] = [columns.runs[c] ?? 0, columns.runs[c + 1] ?? 0];
        add(top, left, part);
        add(top, right, -part);
        add(bottom, left, -part);
        add(bottom, right, part);
      }
    }
  }
  return sumOfSquares(steps, { rows: rows.widths, columns: columns.widths });
}

/** Sums the steps up in both directions and their squares over all cells. */
function sumOfSquares(
  steps: Float64Array,
  { rows, columns }: { readonly rows: Float64Array; readonly columns: Float64Array },
): number {
  const above = new Float64Array(columns.length);
  let variance = 0;
  for (let row = 0; row < rows.length; row++) {
    let along = 0;
    for (let column = 0; column < columns.length; column++) {
      along += steps[row * (columns.length + 1) + column] ?? 0;
      const marginal = along + (above[column] ?? 0);
      above[column] = marginal;
      variance += (rows[row] ?? 0) * (columns[column] ?? 0) * marginal * marginal;
    }
  }
  return variance;
}
