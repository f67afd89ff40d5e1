/**
 * The normal distribution that CMA-ES draws from, and how a generation changes it (Hansen, 2016, "The
 * CMA Evolution Strategy: A Tutorial", §3 to §6): m is `mean`, σ is `size`, C is `covariance`, p_σ is
 * `sizePath`, p_c is `path`, g is `generation`.
 */
import { type Eigen, eigenOf, type Matrix } from "./eigen.ts";
import type { Strategy } from "./strategy.ts";

/** A distribution; replaced, never changed. */
export interface Distribution {
  readonly generation: number;
  readonly mean: readonly number[];
  readonly size: number;
  readonly covariance: Matrix;
  readonly sizePath: readonly number[];
  readonly path: readonly number[];
  /** Of the covariance. */
  readonly eigen: Eigen;
}

/** The first one: the same spread in all directions. */
export function beginAt(mean: readonly number[], size: number): Distribution {
  const covariance = mean.map((_, i) => mean.map((_, j) => i === j ? 1 : 0));
  const zeros = mean.map(() => 0);
  const eigen = { values: mean.map(() => 1), vectors: covariance };
  return { generation: 0, mean, size, covariance, sizePath: zeros, path: zeros, eigen };
}

/** m + σ B D z, for a standard normal z. */
export function pointOf(
  { mean, size, eigen }: Distribution,
  normal: readonly number[],
): readonly number[] {
  const stretched = normal.map((z, k) => Math.sqrt(eigen.values[k] ?? 0) * z);
  return mean.map((m, i) => m + size * dot(eigen.vectors[i] ?? [], stretched));
}

/** ‖C^(−½) (x − m)/σ‖: how many standard deviations away a point lies. */
export function lengthOf(distribution: Distribution, point: readonly number[]): number {
  return norm(whiten(distribution, stepTo(distribution, point)));
}

/** The distribution after a generation whose λ points come best first. */
export function learnFrom(
  from: Distribution,
  points: readonly (readonly number[])[],
  strategy: Strategy,
): Distribution {
  const { weights, parents, sizeRate, pathRate, effective, meanLength } = strategy;
  const generation = from.generation + 1;
  const steps = points.map((point) => stepTo(from, point));
  // Eq. 41 and 42, with c_m = 1.
  const step = from.mean.map((_, i) =>
    steps.slice(0, parents).reduce((sum, y, k) => sum + (weights[k] ?? 0) * (y[i] ?? 0), 0)
  );
  // Eq. 43 and 44.
  const whitened = whiten(from, step);
  const gain = Math.sqrt(sizeRate * (2 - sizeRate) * effective);
  const sizePath = from.sizePath.map((p, i) => (1 - sizeRate) * p + gain * (whitened[i] ?? 0));
  const length = norm(sizePath);
  const size = from.size *
    Math.exp(sizeRate / strategy.sizeDamping * (length / meanLength - 1));
  // h_σ: a path that is too long says that the step size is still too small.
  const expected = Math.sqrt(1 - (1 - sizeRate) ** (2 * (generation + 1)));
  const isCalm = length / expected < (1.4 + 2 / (strategy.dimension + 1)) * meanLength;
  // Eq. 45.
  const pathGain = isCalm ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
  const path = from.path.map((p, i) => (1 - pathRate) * p + pathGain * (step[i] ?? 0));
  const covariance = covarianceAfter(from, { steps, path, isCalm }, strategy);
  return {
    generation,
    mean: from.mean.map((m, i) => m + from.size * (step[i] ?? 0)),
    size,
    covariance,
    sizePath,
    path,
    eigen: positive(eigenOf(covariance)),
  };
}

/** Eq. 46 and 47. */
function covarianceAfter(
  from: Distribution,
  { steps, path, isCalm }: {
    readonly steps: readonly (readonly number[])[];
    readonly path: readonly number[];
    readonly isCalm: boolean;
  },
  { weights, rankOne, rankMu, pathRate, dimension }: Strategy,
): Matrix {
  const scaled = steps.map((y, k) => {
    const weight = weights[k] ?? 0;
    // A bad point takes away no more than one of the distribution's own length would.
    return weight >= 0 ? weight : weight * dimension / (norm(whiten(from, y)) ** 2 + 1e-8);
  });
  const lost = isCalm ? 0 : pathRate * (2 - pathRate);
  const kept = 1 + rankOne * lost - rankOne -
    rankMu * weights.reduce((sum, weight) => sum + weight, 0);
  return from.covariance.map((row, i) =>
    row.map((c, j) => {
      const cloud = steps.reduce(
        (sum, y, k) => sum + (scaled[k] ?? 0) * (y[i] ?? 0) * (y[j] ?? 0),
        0,
      );
      return kept * c + rankOne * (path[i] ?? 0) * (path[j] ?? 0) + rankMu * cloud;
    })
  );
}

/** Rounding may leave a direction with less than no variance. */
function positive({ values, vectors }: Eigen): Eigen {
  const least = 1e-16 * Math.max(...values);
  return { values: values.map((value) => Math.max(value, least)), vectors };
}

/** (x − m)/σ. */
function stepTo({ mean, size }: Distribution, point: readonly number[]): readonly number[] {
  return mean.map((m, i) => ((point[i] ?? 0) - m) / size);
}

/** C^(−½) y = B D⁻¹ Bᵀ y. */
function whiten({ eigen }: Distribution, y: readonly number[]): readonly number[] {
  const { values, vectors } = eigen;
  const along = values.map((value, k) =>
    vectors.reduce((sum, row, i) => sum + (row[k] ?? 0) * (y[i] ?? 0), 0) / Math.sqrt(value)
  );
  return vectors.map((row) => dot(row, along));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
}

function norm(a: readonly number[]): number {
  return Math.sqrt(dot(a, a));
}
