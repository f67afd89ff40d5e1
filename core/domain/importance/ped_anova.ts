/**
 * PED-ANOVA: how differently the best points and all points are spread over each parameter.
 *
 * Watanabe, Bansal and Hutter, "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in
 * Arbitrary Subspaces", IJCAI 2023: the local importance of Theorem 1 with γ = 1 and γ' =
 * `quantile`. Conditional parameters as in "Conditional PED-ANOVA" (arXiv 2601.20800, Theorem 4.2):
 * the divergence within the points where the parameter is active, times α² / β, where α and β are
 * those points' parts of the best and of all points.
 */
import { createRng } from "../rng.ts";
import type { Axis } from "./axis.ts";
import { drawCounts } from "./bootstrap.ts";
import { categoricalDensity, type GridDensity, numericDensity } from "./grid_density.ts";
import type { Importance, ImportanceInput } from "./importance.ts";
import { type PointTable, tabulate } from "./point_table.ts";
import { rankParameters } from "./shares.ts";

/** How PED-ANOVA is asked. */
export interface PedAnovaOptions {
  /** The part of the points that are the best: γ', in (0, 1). */
  readonly quantile?: number;
  /** Bootstrap resamples behind the intervals; 0 leaves them out. */
  readonly resamples?: number;
  /** Of the resamples. */
  readonly seed?: number;
}

/** Fewer points where a parameter is active say nothing of it. */
const LEAST_ACTIVE = 2;
/** The authors ask for as many points among the best. */
const LEAST_BEST = 5;
/** A cell that nothing is in. */
const NOWHERE = 0xffff;
/** Keeps ratios of densities finite. */
const EPSILON = 1e-12;

/**
 * The importance of every parameter for being among the best points.
 * @throws {RangeError} If the quantile is not in (0, 1).
 */
export function pedAnova(
  input: ImportanceInput,
  { quantile = 0.1, resamples = 200, seed = 0 }: PedAnovaOptions = {},
): Importance {
  if (!(quantile > 0 && quantile < 1)) {
    throw new RangeError(`Cannot compare the best ${quantile} of all: it must be in (0, 1)`);
  }
  const table = tabulate(input);
  const grid = gridOf(table);
  const counts = new Uint16Array(table.size).fill(1);
  const best = grid.bestOf(counts, quantile);
  const raw = grid.divergences(counts, best);
  const rng = createRng(seed, "importance", "ped-anova");
  const resampled: (readonly number[])[] = [];
  const drawn = table.hasContrast ? resamples : 0;
  for (let resample = 0; resample < drawn; resample++) {
    drawCounts(counts, rng);
    resampled.push(grid.divergences(counts, grid.bestOf(counts, quantile)));
  }
  return {
    estimator: "ped-anova",
    n: table.size,
    diverged: table.diverged,
    resamples: drawn,
    parameters: rankParameters(table.columns, { raw, resampled }),
    notes: [...table.notes, ...notesOf(table, { quantile, best: best.weight })],
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

/** The first points in the order of the grid. */
interface Best {
  readonly points: number;
  /** How often they were drawn altogether. */
  readonly weight: number;
}

/** Points on a grid, best first. */
interface Grid {
  readonly bestOf: (counts: Uint16Array, quantile: number) => Best;
  /** One for each parameter. */
  readonly divergences: (counts: Uint16Array, best: Best) => readonly number[];
}

function gridOf({ size, columns, losses, hasContrast }: PointTable): Grid {
  const order = orderOf(losses);
  const isTie = new Uint8Array(size);
  for (let place = 1; place < size; place++) {
    isTie[place] = Number(losses[order[place] ?? 0] === losses[order[place - 1] ?? 0]);
  }
  const measures = columns.map(({ axis, positions }) => {
    const measured = hasContrast ? divergenceOn(axis) : null;
    if (measured === null) return () => 0;
    const cellOf = cellReader(axis);
    const cells = new Uint16Array(size);
    order.forEach((point, place) => cells[place] = cellOf(positions[point] ?? NaN));
    return measured(cells);
  });
  return {
    bestOf: (counts, quantile) => bestOf(counts, { isTie, wanted: Math.ceil(quantile * size) }),
    divergences: (counts, best) => measures.map((measure) => measure(counts, best)),
  };
}

/** Points by their losses, then by their places. */
function orderOf(losses: Float64Array): Uint32Array {
  const order = new Uint32Array(losses.length);
  order.forEach((_, place) => order[place] = place);
  return order.sort((a, b) => (losses[a] ?? 0) - (losses[b] ?? 0) || a - b);
}

/** As many points as are wanted, and all that tie with the last of them. */
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

type Measure = (counts: Uint16Array, best: Best) => number;

/** Makes the divergence of points by their cells; null where nothing varies. */
function divergenceOn(axis: Axis): ((cells: Uint16Array) => Measure) | null {
  switch (axis.kind) {
    case "constant":
      return null;
    case "numeric":
      return (cells) => divergence(cells, densities(axis.cells, numericDensity));
    case "categorical":
      return (cells) => divergence(cells, densities(axis.choices.length, categoricalDensity));
    default:
      return axis satisfies never;
  }
}

interface Densities {
  readonly size: number;
  readonly ofBest: GridDensity;
  readonly ofAll: GridDensity;
}

function densities(size: number, make: (size: number) => GridDensity): Densities {
  return { size, ofBest: make(size), ofAll: make(size) };
}

/** Pearson's divergence of the best points from all, as it counts for the whole. */
function divergence(cells: Uint16Array, { size, ofBest, ofAll }: Densities): Measure {
  const bestCounts = new Float64Array(size);
  const allCounts = new Float64Array(size);
  return (counts, { points, weight }) => {
    bestCounts.fill(0);
    const activeBest = countCells(bestCounts, { cells, counts, from: 0, to: points });
    allCounts.set(bestCounts);
    const rest = { cells, counts, from: points, to: cells.length };
    const activeAll = activeBest + countCells(allCounts, rest);
    if (activeBest === 0 || activeAll < LEAST_ACTIVE) return 0;
    const all = cells.length;
    const factor = (activeBest / weight) ** 2 / (activeAll / all) * (weight / all) ** 2;
    return factor * pearson(ofBest(bestCounts), ofAll(allCounts));
  };
}

/** Adds points to the counts of their cells; returns how many are in one. */
function countCells(
  into: Float64Array,
  { cells, counts, from, to }: {
    readonly cells: Uint16Array;
    readonly counts: Uint16Array;
    readonly from: number;
    readonly to: number;
  },
): number {
  let active = 0;
  for (let point = from; point < to; point++) {
    const cell = cells[point] ?? NOWHERE;
    if (cell === NOWHERE) continue;
    const count = counts[point] ?? 0;
    into[cell] = (into[cell] ?? 0) + count;
    active += count;
  }
  return active;
}

function pearson(best: Float64Array, all: Float64Array): number {
  let total = 0;
  for (let cell = 0; cell < all.length; cell++) {
    const local = (all[cell] ?? 0) + EPSILON;
    total += local * (((best[cell] ?? 0) + EPSILON) / local - 1) ** 2;
  }
  return total;
}

/** The cell of a position: the nearest grid point, the lower one of two as near. */
function cellReader(axis: Axis): (position: number) => number {
  if (axis.kind !== "numeric") return (position) => Number.isNaN(position) ? NOWHERE : position;
  const { low, high, cells } = axis;
  const width = (high - low) / (cells - 1);
  return (position) => {
    if (Number.isNaN(position)) return NOWHERE;
    return Math.min(cells - 1, Math.max(0, Math.ceil((position - low) / width - 0.5)));
  };
}
