/**
 * A Gaussian process that was conditioned on measurements (Rasmussen and Williams, 2006, algorithm
 * 2.1): K is the kernel of the points with the noise on its diagonal, K = L Lᵀ, α = K⁻¹ y.
 */
import {
  cholesky,
  logDeterminant,
  solveLower,
  solveLowerTransposed,
  type SquareMatrix,
  type Vector,
} from "./linear_algebra.ts";
import {
  type Columns,
  columnWeights,
  correlation,
  type KernelParameters,
  type Rows,
  scaledDistance,
} from "./matern_kernel.ts";

/** What a process believes of the function at a point, without the noise. */
export interface Belief {
  readonly mean: number;
  /** Standard deviation, > 0. */
  readonly sd: number;
}

/** Points and what was measured there; the mean of the process is 0. */
export interface Measurements {
  readonly columns: Columns;
  readonly rows: Rows;
  readonly values: readonly number[];
}

/** A conditioned process. */
export interface GaussianProcess {
  /** What it believes of the function at a point. */
  readonly predict: (row: Float64Array<ArrayBuffer>) => Belief;
  /** Its means at the points where it was measured. */
  readonly fitted: readonly number[];
  /** log p(y | X), the marginal likelihood. */
  readonly logLikelihood: number;
}

/** The smallest variance that a prediction has: rounding leaves less than nothing of some. */
const LEAST_VARIANCE = 1e-14;
/** Where points lie so close together that K is singular, so much noise is added, and then more. */
const FIRST_JITTER = 1e-10;

/** Conditions the process on measurements. */
export function conditionOn(
  { columns, rows, values }: Measurements,
  kernel: KernelParameters,
): GaussianProcess {
  const n = rows.length;
  const weights = columnWeights(columns, kernel);
  const lower = factorOf({ rows, weights }, kernel);
  const alpha = Float64Array.from(values);
  solveLower(lower, alpha);
  let fit = 0;
  for (const value of alpha) fit += value * value;
  solveLowerTransposed(lower, alpha);
  const { variance, noise } = kernel;
  return {
    // k α = (K − noise) α = y − noise α.
    fitted: values.map((value, i) => value - noise * (alpha[i] ?? 0)),
    logLikelihood: -0.5 * (fit + logDeterminant(lower, n) + n * Math.log(2 * Math.PI)),
    predict: (row) => {
      const covariances: Vector = new Float64Array(n);
      let mean = 0;
      for (let i = 0; i < n; i++) {
        const other = rows[i];
        if (other === undefined) continue;
        const covariance = variance * correlation(scaledDistance(row, other, weights));
        covariances[i] = covariance;
        mean += covariance * (alpha[i] ?? 0);
      }
      solveLower(lower, covariances);
      let explained = 0;
      for (const value of covariances) explained += value * value;
      return { mean, sd: Math.sqrt(Math.max(variance - explained, LEAST_VARIANCE)) };
    },
  };
}

function factorOf(
  points: { readonly rows: Rows; readonly weights: Float64Array<ArrayBuffer> },
  kernel: KernelParameters,
): SquareMatrix {
  const n = points.rows.length;
  for (let jitter = 0; jitter < 1; jitter = jitter === 0 ? FIRST_JITTER : 10 * jitter) {
    const matrix = covarianceOf(points, kernel);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = (matrix[i * n + i] ?? 0) + kernel.noise + jitter * kernel.variance;
    }
    if (cholesky(matrix, n)) return matrix;
  }
  throw new RangeError("Cannot condition a Gaussian process: its points must be finite numbers");
}

/** The lower triangle. */
function covarianceOf(
  { rows, weights }: { readonly rows: Rows; readonly weights: Float64Array<ArrayBuffer> },
  { variance }: KernelParameters,
): SquareMatrix {
  const n = rows.length;
  const matrix = new Float64Array(n * n);
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j <= i; j++) {
      const other = rows[j] ?? row;
      matrix[i * n + j] = variance * correlation(scaledDistance(row, other, weights));
    }
  }
  return matrix;
}
