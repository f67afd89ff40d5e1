/**
 * The kernels of a number in a Parzen estimator: normal distributions cut off at 0 and 1.
 *
 * Bergstra, Bardenet, Bengio and Kégl (2011), "Algorithms for Hyper-Parameter Optimization",
 * section 4: each observation is the mean of one kernel, whose standard deviation is the larger of
 * the distances to its neighbours, and the prior is one kernel more. The bounds on it and the rule
 * for the outermost observations are those of Watanabe (2023), "Tree-Structured Parzen Estimator:
 * Understanding Its Algorithm Components and Their Roles" ("magic clipping").
 */
import { normalCdf, normalQuantile } from "../../../core/domain/normal_distribution.ts";
import type { Rng } from "../../../core/domain/rng.ts";
import type { Cell } from "./dimension.ts";

/** The prior: the whole range and hardly less at its ends. */
const PRIOR_MEAN = 0.5;
const PRIOR_SD = 1;
/** No kernel is narrower than the range divided by this. */
const FINEST = 100;
/** Beyond so many standard deviations nothing is left of the distribution in double precision. */
const REACH = 8.5;

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** Different kernels of one number, the prior first. */
export interface NumberKernels {
  readonly means: Float64Array<ArrayBuffer>;
  readonly sds: Float64Array<ArrayBuffer>;
  /** The logarithms of what each kernel has of its mass inside [0, 1]. */
  readonly logMasses: Float64Array<ArrayBuffer>;
  /** The logarithms of each kernel's density at its mean. */
  readonly logPeaks: Float64Array<ArrayBuffer>;
  /** The kernel of each observation. */
  readonly kernelOf: Uint32Array<ArrayBuffer>;
}

/** The kernels of the observations at these places of [0, 1]; absent ones (NaN) have the prior's. */
export function numberKernels(places: Float64Array): NumberKernels {
  const sorted = places.filter((place) => !Number.isNaN(place)).sort();
  const ranks = ranksOf(places, sorted);
  const means = new Float64Array(sorted.length + 1);
  const sds = new Float64Array(sorted.length + 1);
  const kernelOfRank = new Uint32Array(sorted.length);
  means[0] = PRIOR_MEAN;
  sds[0] = PRIOR_SD;
  let size = 1;
  const widths = bandwidths(sorted);
  for (let rank = 0; rank < sorted.length; rank++) {
    const mean = sorted[rank] ?? 0;
    const sd = widths[rank] ?? 0;
    const isNew = mean !== means[size - 1] || sd !== sds[size - 1];
    if (isNew) {
      means[size] = mean;
      sds[size++] = sd;
    }
    kernelOfRank[rank] = size - 1;
  }
  const logMasses = new Float64Array(size);
  const logPeaks = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const mean = means[i] ?? 0;
    const sd = sds[i] ?? 1;
    // Most kernels are narrow and lie inside.
    const isInside = mean > REACH * sd && 1 - mean > REACH * sd;
    const logMass = isInside ? 0 : Math.log(cdf((1 - mean) / sd) - cdf(-mean / sd));
    logMasses[i] = logMass;
    logPeaks[i] = -HALF_LOG_2PI - Math.log(sd) - logMass;
  }
  const kernelOf = ranks.map((rank) => rank === NO_RANK ? 0 : kernelOfRank[rank] ?? 0);
  return {
    means: means.subarray(0, size),
    sds: sds.subarray(0, size),
    logMasses,
    logPeaks,
    kernelOf,
  };
}

/**
 * The standard deviations of kernels at ascending places of [0, 1]: the larger of the distances to
 * both neighbours, where the outermost look inwards only; a single one looks at the bounds. Between
 * 1/min(100, n + 2) and 1.
 */
export function bandwidths(sorted: Float64Array): Float64Array<ArrayBuffer> {
  const n = sorted.length;
  const least = 1 / Math.min(FINEST, n + 2);
  const at = (k: number): number => sorted[k] ?? 0;
  const outer = n === 1 ? Math.max(at(0), 1 - at(0)) : 0;
  const widths = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const left = k === 0 ? outer : at(k) - at(k - 1);
    const right = k === n - 1 ? outer : at(k + 1) - at(k);
    widths[k] = Math.min(1, Math.max(least, left, right));
  }
  return widths;
}

const NO_RANK = 0xffffffff;

/** Each place's position in the ascending row, equal places in their own order. */
function ranksOf(places: Float64Array, sorted: Float64Array): Uint32Array<ArrayBuffer> {
  const taken = new Uint32Array(sorted.length);
  const ranks = new Uint32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? 0;
    if (Number.isNaN(place)) {
      ranks[i] = NO_RANK;
      continue;
    }
    const first = lowerBound(sorted, place);
    const before = taken[first] ?? 0;
    taken[first] = before + 1;
    ranks[i] = first + before;
  }
  return ranks;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The logarithm of every kernel's density at a place of [0, 1], into `out`. */
export function logDensitiesAt(
  { means, sds, logPeaks }: NumberKernels,
  place: number,
  out: Float64Array,
): void {
  for (let i = 0; i < means.length; i++) {
    const sd = sds[i] ?? 1;
    const z = (place - (means[i] ?? 0)) / sd;
    out[i] = (logPeaks[i] ?? 0) - 0.5 * z * z;
  }
}

/** The logarithm of what every kernel has of its mass in a cell, into `out`; −∞ where nothing is. */
export function logMassesOf(
  { means, sds, logMasses }: NumberKernels,
  { low, high }: Cell,
  out: Float64Array,
): void {
  for (let i = 0; i < means.length; i++) {
    const sd = sds[i] ?? 1;
    const mean = means[i] ?? 0;
    const mass = massBetween((low - mean) / sd, (high - mean) / sd);
    out[i] = mass === 0 ? -Infinity : Math.log(mass) - (logMasses[i] ?? 0);
  }
}

/** A place drawn from one kernel. */
export function drawPlace({ means, sds }: NumberKernels, kernel: number, rng: Rng): number {
  const mean = means[kernel] ?? 0;
  const sd = sds[kernel] ?? 1;
  const below = cdf(-mean / sd);
  const upTo = cdf((1 - mean) / sd);
  const z = normalQuantile(below + rng.uniform() * (upTo - below));
  return Math.min(1, Math.max(0, mean + sd * z));
}

/** P(from < Z ≤ to) of a standard normal Z; 0 beyond its reach. */
function massBetween(from: number, to: number): number {
  if (from > REACH || to < -REACH) return 0;
  const half = (to - from) / 2;
  if (half <= NARROW) {
    // Gauss and Legendre's rule with three points: relative error below 1e-4 in the far tails.
    const middle = from + half;
    const sum = 8 * peak(middle) + 5 * (peak(middle - GAUSS * half) + peak(middle + GAUSS * half));
    return half * sum / (9 * SQRT_2PI);
  }
  // The lower tail has all its digits, the upper one has not.
  return from > 0 ? cdf(-from) - cdf(-to) : cdf(to) - cdf(from);
}

/** Half the width, in standard deviations, of a cell in which a density is nearly a polynomial. */
const NARROW = 0.25;
const GAUSS = Math.sqrt(0.6);
const SQRT_2PI = Math.sqrt(2 * Math.PI);

function peak(z: number): number {
  return Math.exp(-0.5 * z * z);
}

function cdf(z: number): number {
  if (z < -REACH) return 0;
  return z > REACH ? 1 : normalCdf(z);
}
