/**
 * A quasi-random sequence for beginnings and candidates: the additive recurrence whose steps are the
 * powers of the generalised golden ratio (Roberts, 2018, "The unreasonable effectiveness of
 * quasirandom sequences": R_d), moved as a whole by a random shift. Each point is a function of its
 * number, so any beginning of it covers the cube evenly.
 */
import type { Rng } from "../../../core/domain/rng.ts";

/** Points in [0, 1)^dimension, by their numbers. */
export type QuasiRandom = (n: number) => readonly number[];

/** The sequence; the generator gives its shift. */
export function createQuasiRandom(dimension: number, rng: Rng): QuasiRandom {
  const ratio = goldenRatio(dimension);
  const steps = Array.from({ length: dimension }, (_, j) => ratio ** -(j + 1));
  const shift = steps.map(() => rng.uniform());
  return (n) => steps.map((step, j) => ((shift[j] ?? 0) + n * step) % 1);
}

/** φ_d: the root of x^(d + 1) = x + 1 above 1; φ_1 is the golden ratio. */
export function goldenRatio(dimension: number): number {
  let x = 2;
  // A contraction: each round gains at least a binary digit.
  for (let round = 0; round < 64; round++) x = (1 + x) ** (1 / (dimension + 1));
  return x;
}
