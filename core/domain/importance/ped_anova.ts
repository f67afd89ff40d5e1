/**
 * PED-ANOVA: how differently the best points and all points are spread over each parameter.
 *
 * Watanabe, Bansal and Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in
 * Arbitrary Subspaces", IJCAI 2023: the local importance of Theorem 1 with γ = 1 and γ' =
 * `quantile`. Conditional parameters as in "Conditional PED-ANOVA" (arXiv 2601.20800, Theorem 4.2):
 * the divergence within the points where the parameter is active, times α² / β, where α and β are
 * those points' parts of the best and of all points.
 *
 * The numbers are those of Optuna 5 (`PedAnovaImportanceEvaluator`), but that it leaves diverged
 * points out, finds a trace of importance in a parameter of which one value was seen, and has no
 * normally distributed parameters: here their grid spans what was seen.
 */
import { createRng } from "../rng.ts";
import { type Axis, cellReader } from "./axis.ts";
import { drawCounts } from "./bootstrap.ts";
import { type CellBlock, cellGrid } from "./cell_grid.ts";
import { categoricalDensity, numericDensity } from "./grid_density.ts";
import type { Importance, ImportanceColumns, ImportanceInput } from "./importance.ts";
import { type PointTable, tabulate, tabulateColumns } from "./point_table.ts";
import { rankParameters } from "./shares.ts";

/** How PED-ANOVA is asked. */
export interface PedAnovaOptions {
  /** The part of the points that are the best: γ', in (0, 1). */
  readonly quantile?: number;
  /**
   * Bootstrap resamples behind the intervals; 0 leaves them out. By default 200, of very many points
   * fewer: their intervals are narrow, and somebody waits.
   */
  readonly resamples?: number;
  /** Of the resamples. */
  readonly seed?: number;
}

/** Resamples, unless somebody asks for another number of them. */
const RESAMPLES = 200;
const LEAST_RESAMPLES = 40;
/** Points that are drawn for all resamples together: what takes about a tenth of a second. */
const MOST_DRAWN = 4_000_000;
/** Fewer points where a parameter is active say nothing of it. */
const LEAST_ACTIVE = 2;
/** The authors ask for as many points among the best. */
const LEAST_BEST = 5;
/** Keeps ratios of densities finite. */
const EPSILON = 1e-12;
/** A divergence below it is made of rounding. */
const ROUNDING = 1e-24;

/**
 * The importance of every parameter for being among the best points.
 * @throws {RangeError} If the quantile is not in (0, 1).
 */
export function pedAnova(
  input: ImportanceInput | ImportanceColumns,
  { quantile = 0.1, resamples, seed = 0 }: PedAnovaOptions = {},
): Importance {
  if (!(quantile > 0 && quantile < 1)) {
    throw new RangeError(`Cannot compare the best ${quantile} of all: it must be in (0, 1)`);
  }
  const table = "points" in input
    ? tabulate(input, cellReader)
    : tabulateColumns(input, cellReader);
  const estimate = estimatorOf(table, quantile);
  const counts = new Uint16Array(table.size).fill(1);
  const { raw, best } = estimate(counts);
  const rng = createRng(seed, "importance", "ped-anova");
  const resampled: (readonly number[])[] = [];
  const usual = Math.max(LEAST_RESAMPLES, Math.min(RESAMPLES, Math.floor(MOST_DRAWN / table.size)));
  const drawn = raw.some((each) => each > 0) ? resamples ?? usual : 0;
  for (let resample = 0; resample < drawn; resample++) {
    drawCounts(counts, rng);
    resampled.push(estimate(counts).raw);
  }
  return {
    estimator: "ped-anova",
    n: table.size,
    diverged: table.diverged,
    resamples: drawn,
    parameters: rankParameters(table.columns, { raw, resampled }),
    notes: [...table.notes, ...notesOf(table, { quantile, best })],
  };
}

function notesOf(
  { size, hasContrast }: PointTable,
  { quantile, best }: { readonly quantile: number; readonly best: number },
): readonly string[] {
  if (!hasContrast) return [];
  const part = `the best ${Number((100 * quantile).toPrecision(3))} %`;
  if (best === size) return [`Ties leave no point outside ${part}, so that every share is 0`];
  if (best >= LEAST_BEST) return [];
  return [`Only ${best} of ${size} configurations are ${part}, so that the shares are rough`];
}

/** The raw importance of every parameter from points that count so often. */
type Estimator = (counts: Uint16Array) => Estimate;

interface Estimate {
  readonly raw: readonly number[];
  /** How many points are the best. */
  readonly best: number;
}

function estimatorOf(table: PointTable, quantile: number): Estimator {
  const { size, columns } = table;
  const grid = cellGrid(table);
  const ofBest = new Float64Array(grid.cells);
  const ofAll = new Float64Array(grid.cells);
  const measures = columns.map(({ axis }, place) =>
    measureOf(axis, { ofBest, ofAll, ...grid.blocks[place] ?? { from: 0, cells: 0 } })
  );
  return (counts) => {
    const best = grid.bestOf(counts, Math.ceil(quantile * size));
    ofBest.fill(0);
    grid.tally(counts, { into: ofBest, from: 0, to: best.points });
    ofAll.set(ofBest);
    grid.tally(counts, { into: ofAll, from: best.points, to: size });
    const parts = { best: best.weight, all: size };
    return { raw: measures.map((measure) => measure(parts)), best: best.weight };
  };
}

/** Counts of all parameters, and where those of one are. */
interface Tallies extends CellBlock {
  readonly ofBest: Float64Array;
  readonly ofAll: Float64Array;
}

/** The divergence from the present tallies, as it counts for the whole. */
type Measure = (parts: { readonly best: number; readonly all: number }) => number;

function measureOf(axis: Axis, { ofBest, ofAll, from, cells }: Tallies): Measure {
  if (axis.kind === "constant") return () => 0;
  const make = axis.kind === "numeric" ? numericDensity : categoricalDensity;
  const [densityOfBest, densityOfAll] = [make(cells), make(cells)];
  const bestCounts = ofBest.subarray(from, from + cells);
  const allCounts = ofAll.subarray(from, from + cells);
  const inactive = from + cells;
  return ({ best, all }) => {
    const activeBest = best - (ofBest[inactive] ?? 0);
    const activeAll = all - (ofAll[inactive] ?? 0);
    if (activeBest === 0 || activeAll < LEAST_ACTIVE) return 0;
    const factor = (activeBest / best) ** 2 / (activeAll / all) * (best / all) ** 2;
    return factor * pearson(densityOfBest(bestCounts), densityOfAll(allCounts));
  };
}

/** Pearson's divergence of the best points from all. */
function pearson(best: Float64Array, all: Float64Array): number {
  let total = 0;
  for (let cell = 0; cell < all.length; cell++) {
    const local = (all[cell] ?? 0) + EPSILON;
    total += local * (((best[cell] ?? 0) + EPSILON) / local - 1) ** 2;
  }
  return total < ROUNDING ? 0 : total;
}
