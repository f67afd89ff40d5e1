/** Densities of observations on a grid of cells: a Parzen estimate, or smoothed frequencies. */
import { normalCdf } from "../normal_distribution.ts";

/** So many standard deviations above the mean there is nothing left that a double could tell. */
const CERTAIN = 8.3;

/** Makes a density of the counts in each cell; it sums to 1. The result is used again. */
export type GridDensity = (counts: Float64Array) => Float64Array;

/** Observations that the prior counts as. */
const PRIOR_WEIGHT = 1;
/** 90 % of a kernel shall fit into its own cell at least. */
const LEAST_SIGMA = 0.5 / 1.64;

/**
 * Normal kernels on the occupied cells and a wide prior one, truncated to the grid, with Scott's
 * bandwidth (Scott, "Multivariate Density Estimation", 1992), as PED-ANOVA wants it (Watanabe et
 * al., 2023, section 4.2): that of TPE would be too wide.
 */
export function numericDensity(cells: number): GridDensity {
  const density = new Float64Array(cells);
  const prior = truncatedKernel((cells - 1) / 2, { sigma: cells, cells });
  const table = new Float64Array(2 * cells + 1);
  return (counts) => {
    const total = sum(counts);
    const sigma = total === 0 ? LEAST_SIGMA : scottSigma(counts, total);
    fillTable(table, sigma);
    const priorShare = PRIOR_WEIGHT / (total + PRIOR_WEIGHT);
    for (let x = 0; x < cells; x++) density[x] = priorShare * (prior[x] ?? 0);
    for (let at = 0; at < cells; at++) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      // table[d + cells] = Φ((d - 1/2) / σ), so a cell's mass is a difference of neighbours.
      const inside = (table[2 * cells - at] ?? 1) - (table[cells - at] ?? 0);
      const weight = count / (total + PRIOR_WEIGHT) / inside;
      const before = cells - at;
      for (let x = 0; x < cells; x++) {
        const mass = (table[before + x + 1] ?? 1) - (table[before + x] ?? 0);
        density[x] = (density[x] ?? 0) + weight * mass;
      }
    }
    return density;
  };
}

/** Every observation spreads one prior observation's worth over all choices. */
export function categoricalDensity(choices: number): GridDensity {
  const density = new Float64Array(choices);
  return (counts) => {
    const total = sum(counts);
    const kernels = counts.reduce((some, count) => some + Number(count > 0), 0) + 1;
    const elsewhere = PRIOR_WEIGHT / kernels;
    const whole = 1 + choices * elsewhere;
    for (let x = 0; x < choices; x++) {
      const mass = ((counts[x] ?? 0) + total * elsewhere) / whole;
      density[x] = (mass + PRIOR_WEIGHT / choices) / (total + PRIOR_WEIGHT);
    }
    return density;
  };
}

/** In cells: from the standard deviation or the quartiles, whichever is less. */
function scottSigma(counts: Float64Array, total: number): number {
  let mean = 0;
  counts.forEach((count, cell) => mean += count * cell);
  mean /= total;
  let squares = 0;
  counts.forEach((count, cell) => squares += count * (cell - mean) ** 2);
  const sd = Math.sqrt(squares / Math.max(1, total - 1));
  const spread = Math.min(quartileRange(counts, total) / 1.34, sd);
  return Math.max(LEAST_SIGMA, 1.059 * spread * total ** -0.2);
}

function quartileRange(counts: Float64Array, total: number): number {
  const first = Math.floor(total / 4);
  const third = Math.floor(3 * total / 4);
  let below = 0;
  let lower = -1;
  let upper = -1;
  let last = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    if (count === 0) continue;
    below += count;
    last = cell;
    if (lower < 0 && below >= first) lower = cell;
    if (upper < 0 && below > third) upper = cell;
  }
  return (upper < 0 ? last : upper) - lower;
}

function fillTable(table: Float64Array, sigma: number): void {
  const cells = (table.length - 1) / 2;
  for (let d = 1; d <= cells; d++) {
    const z = (d - 0.5) / sigma;
    const below = z > CERTAIN ? 1 : normalCdf(z);
    table[cells + d] = below;
    table[cells + 1 - d] = 1 - below;
  }
}

function truncatedKernel(
  mu: number,
  { sigma, cells }: { readonly sigma: number; readonly cells: number },
): Float64Array {
  const mass = Float64Array.from(
    { length: cells },
    (_, x) => normalCdf((x + 0.5 - mu) / sigma) - normalCdf((x - 0.5 - mu) / sigma),
  );
  const inside = sum(mass);
  return mass.map((each) => each / inside);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
