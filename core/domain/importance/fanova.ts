/**
 * fANOVA: how much of the variance of the objective over the whole space each parameter explains
 * alone, in a random forest.
 *
 * Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance",
 * ICML 2014: V is a tree's variance, Vᵁ that of its marginal over the parameters U, and 𝔽ᵁ = Vᵁ / V
 * the fraction, here `raw`.
 *
 * Unlike Optuna's (`FanovaImportanceEvaluator`, of which it has the numbers of trees, depth and
 * points in a leaf): the space is measured as it is searched, logarithmically where the scale is, and
 * by the domain's own distribution; a tree divides choices into sets, not one from all others; and
 * conditional parameters take part, below the splits that make them active.
 */
import { createRng } from "../rng.ts";
import { unitReader } from "./axis.ts";
import { drawCounts, redrawCounts } from "./bootstrap.ts";
import { type ForestData, forestData, forestVariances } from "./forest.ts";
import type { Importance, ImportanceInput } from "./importance.ts";
import { type PointTable, tabulate } from "./point_table.ts";
import { rankParameters } from "./shares.ts";
import type { TreeVariance } from "./tree_variance.ts";

/** How fANOVA is asked. */
export interface FanovaOptions {
  readonly trees?: number;
  /** Of the forest and of the resamples. */
  readonly seed?: number;
  /** Bootstrap resamples behind the intervals; 0 leaves them out. */
  readonly resamples?: number;
}

/** Trees of a resample's forest: their chance makes the intervals a little wider, not narrower. */
const TREES_OF_RESAMPLE = 8;

/** The part of the objective's variance that every parameter explains alone. */
export function fanova(
  input: ImportanceInput,
  { trees = 64, seed = 0, resamples = 50 }: FanovaOptions = {},
): Importance {
  const table = tabulate(input, unitReader);
  const forest = forestData(table);
  const name = [seed, "importance", "fanova"] as const;
  const fractions = meanFractions(forestVariances(forest, { trees, name }), forest);
  const drawn = fractions.some((each) => each > 0) ? resamples : 0;
  const resampled: (readonly number[])[] = [];
  const from = new Uint16Array(table.size);
  for (let resample = 0; resample < drawn; resample++) {
    drawCounts(from, createRng(...name, "resample", resample));
    const variances = forestVariances(forest, {
      trees: TREES_OF_RESAMPLE,
      name: [...name, "tree of resample", resample],
      draw: (counts, rng) => redrawCounts(counts, { from, rng }),
    });
    resampled.push(byColumn(meanFractions(variances, forest), { forest, table }));
  }
  const raw = byColumn(fractions, { forest, table });
  return {
    estimator: "fanova",
    n: table.size,
    diverged: table.diverged,
    resamples: drawn,
    parameters: rankParameters(table.columns, { raw, resampled }),
    notes: [...table.notes, ...notesOf(fractions)],
  };
}

function notesOf(fractions: readonly number[]): readonly string[] {
  if (fractions.length === 0) return [];
  const alone = fractions.reduce((sum, each) => sum + each, 0);
  if (alone === 0) return ["No parameter matters alone, so that every share is 0"];
  const percent = Math.round(100 * alone);
  return [
    `Parameters alone explain ${percent} % of the forest's variance, interactions the rest`,
  ];
}

/** The mean of Vᵁ / V over the trees, for each axis of the forest. */
function meanFractions(
  variances: Iterable<TreeVariance>,
  { measures }: ForestData,
): readonly number[] {
  const fractions = measures.map(() => 0);
  let trees = 0;
  for (const { total, mains } of variances) {
    trees++;
    if (total === 0) continue;
    mains.forEach((main, axis) => fractions[axis] = (fractions[axis] ?? 0) + main / total);
  }
  return fractions.map((fraction) => trees > 0 ? fraction / trees : 0);
}

/** Axes back in the places of their columns; what does not vary has nothing. */
function byColumn(
  fractions: readonly number[],
  { forest, table }: { readonly forest: ForestData; readonly table: PointTable },
): readonly number[] {
  const raw = table.columns.map(() => 0);
  forest.columns.forEach((column, axis) => raw[column] = fractions[axis] ?? 0);
  return raw;
}
