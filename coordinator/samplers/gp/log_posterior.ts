/**
 * How plausible kernel parameters are: the log marginal likelihood of the measurements (Rasmussen and
 * Williams, 2006, eq. 5.8 and 5.9) with a normal prior on the logarithm of each parameter. The prior
 * of length scales grows with √d, as distances in a cube do (Hvarfner, Hellsten and Nardi, 2024).
 *
 * θ = (log σ², log noise, log ℓ_1, …).
 */
import type { Measurements } from "./gaussian_process.ts";
import {
  cholesky,
  inverseOf,
  logDeterminant,
  solveLower,
  solveLowerTransposed,
  type SquareMatrix,
} from "./linear_algebra.ts";
import { correlation, correlationSlope, type KernelParameters } from "./matern_kernel.ts";

/** A value that is to be as large as possible, with its gradient. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: readonly number[];
}

/** A normal distribution of the logarithm of a parameter. */
export interface LogPrior {
  readonly mean: number;
  readonly sd: number;
}

/**
 * The median length scale for one dimension. Longer ones let a search believe that a parameter it has
 * not varied does not matter, and stay where it is.
 */
const LENGTH = 0.25;

/** The priors of θ, in its order, for values with variance 1. */
export function priorsOf(lengths: number): readonly LogPrior[] {
  const length = { mean: Math.log(LENGTH) + 0.5 * Math.log(lengths), sd: 1 };
  return [
    { mean: 0, sd: 1 },
    // Training twice seldom gives the same, but functions without any noise must be found too.
    { mean: -6, sd: 2 },
    ...Array.from({ length: lengths }, () => length),
  ];
}

/** The kernel parameters at θ. */
export function kernelAt(
  [variance = 0, noise = 0, ...lengths]: readonly number[],
): KernelParameters {
  return { variance: Math.exp(variance), noise: Math.exp(noise), lengths: lengths.map(Math.exp) };
}

/**
 * The log posterior density of θ, up to a constant, as a function to be maximised; −Infinity where
 * the covariance cannot be factored.
 */
export function logPosterior(
  measurements: Measurements,
  priors: readonly LogPrior[],
): (theta: readonly number[]) => Evaluation {
  const differences = squaredDifferences(measurements);
  const { values } = measurements;
  return (theta) => {
    const { value, gradient } = logLikelihood({ differences, values }, kernelAt(theta));
    const density = theta.reduce((sum, x, i) => sum - 0.5 * deviation(x, priors[i]) ** 2, value);
    return {
      value: density,
      gradient: gradient.map((slope, i) =>
        slope - deviation(theta[i] ?? 0, priors[i]) / (priors[i]?.sd ?? 1)
      ),
    };
  };
}

function deviation(x: number, prior: LogPrior | undefined): number {
  return prior === undefined ? 0 : (x - prior.mean) / prior.sd;
}

interface Data {
  /** For each length scale d_g² of the pairs i > j, row after row of the lower triangle. */
  readonly differences: readonly Float64Array<ArrayBuffer>[];
  readonly values: readonly number[];
}

function logLikelihood({ differences, values }: Data, kernel: KernelParameters): Evaluation {
  const n = values.length;
  const { matrix, distances } = covarianceOf(differences, n, kernel);
  const gradient = new Array<number>(2 + differences.length).fill(0);
  if (!cholesky(matrix, n)) return { value: -Infinity, gradient };
  const alpha = Float64Array.from(values);
  solveLower(matrix, alpha);
  let fit = 0;
  for (const value of alpha) fit += value * value;
  solveLowerTransposed(matrix, alpha);
  const value = -0.5 * (fit + logDeterminant(matrix, n) + n * Math.log(2 * Math.PI));
  // ½ tr((α αᵀ − K⁻¹) ∂K/∂θ): the sum over pairs counts twice, which takes the half away.
  const inverse = inverseOf(matrix, n);
  const { variance, noise, lengths } = kernel;
  const scales = lengths.map((length) => length ** -2);
  let pair = 0;
  for (let i = 0; i < n; i++) {
    const own = alpha[i] ?? 0;
    for (let j = 0; j < i; j++, pair++) {
      const weight = variance * (own * (alpha[j] ?? 0) - (inverse[i * n + j] ?? 0));
      const r = distances[pair] ?? 0;
      gradient[0] = (gradient[0] ?? 0) + weight * correlation(r);
      const slope = weight * correlationSlope(r);
      for (let g = 0; g < scales.length; g++) {
        const part = (differences[g]?.[pair] ?? 0) * (scales[g] ?? 0);
        gradient[2 + g] = (gradient[2 + g] ?? 0) + slope * part;
      }
    }
    const diagonal = 0.5 * (own * own - (inverse[i * n + i] ?? 0));
    gradient[0] = (gradient[0] ?? 0) + diagonal * variance;
    gradient[1] = (gradient[1] ?? 0) + diagonal * noise;
  }
  return { value, gradient };
}

function covarianceOf(
  differences: readonly Float64Array<ArrayBuffer>[],
  n: number,
  { variance, noise, lengths }: KernelParameters,
): { readonly matrix: SquareMatrix; readonly distances: Float64Array<ArrayBuffer> } {
  const distances = new Float64Array(n * (n - 1) / 2);
  for (const [g, squares] of differences.entries()) {
    const scale = (lengths[g] ?? 1) ** -2;
    for (let pair = 0; pair < distances.length; pair++) {
      distances[pair] = (distances[pair] ?? 0) + (squares[pair] ?? 0) * scale;
    }
  }
  const matrix = new Float64Array(n * n);
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++, pair++) {
      const r = Math.sqrt(distances[pair] ?? 0);
      distances[pair] = r;
      matrix[i * n + j] = variance * correlation(r);
    }
    matrix[i * n + i] = variance + noise;
  }
  return { matrix, distances };
}

function squaredDifferences(
  { columns, rows }: Measurements,
): readonly Float64Array<ArrayBuffer>[] {
  const pairs = rows.length * (rows.length - 1) / 2;
  const differences = Array.from({ length: columns.lengths }, () => new Float64Array(pairs));
  let pair = 0;
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < i; j++, pair++) {
      for (const [column, group] of columns.groups.entries()) {
        const squares = differences[group];
        const difference = (row[column] ?? 0) - (rows[j]?.[column] ?? 0);
        if (squares !== undefined) squares[pair] = (squares[pair] ?? 0) + difference * difference;
      }
    }
  }
  return differences;
}
