/** A random forest over points, and how its trees' variances come apart. */
import { createRng, permutation, type Rng } from "../rng.ts";
import type { Axis } from "./axis.ts";
import { drawCounts } from "./bootstrap.ts";
import type { PointTable } from "./point_table.ts";
import { growTree, orderByPosition, type TreeAxis, type TreeData } from "./regression_tree.ts";
import { type TreeMeasure, type TreeVariance, treeVariance } from "./tree_variance.ts";

/** The depth that no tree goes beyond, as in Optuna. */
const MAX_DEPTH = 64;

/** The varied parameters of a table, made ready for trees. */
export interface ForestData {
  readonly data: TreeData;
  readonly measures: readonly TreeMeasure[];
  /** The place of each axis among the columns of the table. */
  readonly columns: readonly number[];
}

/** Prepares a table whose positions were read by `unitReader`. */
export function forestData({ columns, losses, hasContrast }: PointTable): ForestData {
  const varied = columns.flatMap(({ axis, positions }, column) => {
    const measure = measureOf(axis);
    return measure === null || !hasContrast ? [] : [{ measure, positions, column }];
  });
  return {
    data: {
      values: standardized(losses),
      axes: varied.map(({ measure, positions }): TreeAxis => ({
        choices: measure.weights?.length ?? null,
        positions,
        order: orderByPosition(positions),
      })),
    },
    measures: varied.map(({ measure }) => measure),
    columns: varied.map(({ column }) => column),
  };
}

/**
 * Each tree's variance, grown from points drawn with replacement; `draw` may draw otherwise. There
 * are none where nothing varies.
 */
export function* forestVariances(
  { data, measures }: ForestData,
  { trees, name, draw = drawCounts }: {
    readonly trees: number;
    /** Of the tree's generator: seed and labels. */
    readonly name: readonly [seed: number, ...labels: readonly (string | number)[]];
    readonly draw?: (counts: Uint16Array, rng: Rng) => void;
  },
): Iterable<TreeVariance> {
  if (measures.length === 0) return;
  const counts = new Uint16Array(data.values.length);
  for (let tree = 0; tree < trees; tree++) {
    const rng = createRng(...name, tree);
    draw(counts, rng);
    // Two splits are often equally good: neither parameter shall always be the one that is blamed.
    const precedence = [...permutation(rng, measures.length)];
    yield treeVariance(growTree(data, { counts, precedence, maxDepth: MAX_DEPTH }), measures);
  }
}

/** Null where nothing varies. */
function measureOf(axis: Axis): TreeMeasure | null {
  switch (axis.kind) {
    case "constant":
      return null;
    case "numeric":
      return { weights: null };
    case "categorical":
      return { weights: axis.weights };
    default:
      return axis satisfies never;
  }
}

/** With mean 0 and a largest size of 1: sums of squares stay exact and finite. */
function standardized(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  return values.map((value) => largest > 0 ? (value - mean) / largest : 0);
}
