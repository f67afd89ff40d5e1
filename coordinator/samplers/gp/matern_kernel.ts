/**
 * The Matérn kernel with ν = 5/2 and a length scale for each group of columns (ARD; Rasmussen and
 * Williams, 2006, eq. 4.17): k(x, x') = σ² (1 + √5 r + 5 r²/3) e^(−√5 r), r² = Σ_g d_g²/ℓ_g².
 */

/** Rows of equal length; a row is one point. */
export type Rows = readonly Float64Array<ArrayBuffer>[];

/** What the columns of a point mean to the kernel. */
export interface Columns {
  /** For each column the length scale it uses: those of one choice share theirs. */
  readonly groups: readonly number[];
  /** How many length scales there are. */
  readonly lengths: number;
}

/** The kernel's numbers, all > 0. */
export interface KernelParameters {
  /** σ²: the variance of the function. */
  readonly variance: number;
  /** The variance of what is measured about the function. */
  readonly noise: number;
  /** ℓ, one for each group of columns. */
  readonly lengths: readonly number[];
}

const SQRT5 = Math.sqrt(5);

/** The correlation of values at scaled distance r: k/σ². */
export function correlation(r: number): number {
  return (1 + SQRT5 * r + 5 / 3 * r * r) * Math.exp(-SQRT5 * r);
}

/** What d correlation/d log ℓ_g is, divided by d_g²/ℓ_g². */
export function correlationSlope(r: number): number {
  return 5 / 3 * (1 + SQRT5 * r) * Math.exp(-SQRT5 * r);
}

/** 1/ℓ² for each column: what squared differences are multiplied by. */
export function columnWeights(
  { groups }: Columns,
  { lengths }: KernelParameters,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(groups, (group) => (lengths[group] ?? 1) ** -2);
}

/** r between two points. */
export function scaledDistance(
  a: Float64Array<ArrayBuffer>,
  b: Float64Array<ArrayBuffer>,
  weights: Float64Array<ArrayBuffer>,
): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    sum += difference * difference * (weights[i] ?? 0);
  }
  return Math.sqrt(sum);
}
