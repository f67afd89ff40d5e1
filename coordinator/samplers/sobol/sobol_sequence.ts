/** Sobol's sequence (1967) in the order of Antonov and Saleev (1979), with Owen's kind of scrambling. */
import type { Rng } from "../../../core/domain/rng.ts";
import { directionSeed } from "./joe_kuo.ts";

/** Binary digits of a coordinate. */
export const BITS = 30;

/** A sequence of points that fill the unit cube evenly. */
export interface SobolSequence {
  /** Point number `index` in [0, 2^30): coordinates in [0, 1), multiples of 2^-30. */
  readonly at: (index: number) => Float64Array<ArrayBuffer>;
}

/**
 * The sequence; its first 2^m points are balanced for every m. Point n is the exclusive or of the
 * direction numbers at the ones of n's Gray code.
 *
 * `scramble`: the randomness of a dimension. With it, a random lower triangular matrix over the
 * binary digits is applied to each dimension, and a random shift added (Matoušek, 1998): the balance
 * stays, and no point is special. Without it the sequence begins at the origin.
 * @throws {RangeError} If there are more dimensions than direction numbers.
 */
export function createSobolSequence(
  dimensions: number,
  scramble: ((dimension: number) => Rng) | null = null,
): SobolSequence {
  const lines = Array.from({ length: dimensions }, (_, dimension) => {
    const plain = directionNumbers(dimension);
    return scramble === null
      ? { directions: plain, shift: 0 }
      : scrambled(plain, scramble(dimension));
  });
  return {
    at: (index) => Float64Array.from(lines, (line) => coordinate(line, index) / 2 ** BITS),
  };
}

interface Line {
  readonly directions: readonly number[];
  readonly shift: number;
}

function coordinate({ directions, shift }: Line, index: number): number {
  let x = shift;
  const gray = index ^ (index >>> 1);
  for (let bit = 0; gray >>> bit !== 0; bit++) {
    if (((gray >>> bit) & 1) === 1) x ^= directions[bit] ?? 0;
  }
  return x;
}

/** v₁ … v₃₀ as integers, digit k of v_k lowest: Bratley and Fox (1988), eq. (2) to (4). */
function directionNumbers(dimension: number): readonly number[] {
  const directions: number[] = [];
  if (dimension === 0) {
    for (let k = 1; k <= BITS; k++) directions.push(1 << (BITS - k));
    return directions;
  }
  const { coefficients, initial } = directionSeed(dimension);
  const degree = initial.length;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      directions.push((initial[k] ?? 0) << (BITS - 1 - k));
      continue;
    }
    const oldest = directions[k - degree] ?? 0;
    let v = oldest ^ (oldest >>> degree);
    for (let i = 1; i < degree; i++) {
      const isIn = (coefficients >>> (degree - 1 - i)) & 1;
      if (isIn === 1) v ^= directions[k - i] ?? 0;
    }
    directions.push(v);
  }
  return directions;
}

/** Digit p of a scrambled number depends on the digits 1 … p of the plain one, always on p itself. */
function scrambled(plain: readonly number[], rng: Rng): Line {
  const rows = Array.from({ length: BITS }, (_, p) => {
    const own = 1 << (BITS - 1 - p);
    const above = (2 ** BITS - 1) & ~(2 * own - 1);
    return own | (rng.uint32() & above);
  });
  const directions = plain.map((v) =>
    rows.reduce((result, row) => (result << 1) | parity(row & v), 0)
  );
  return { directions, shift: rng.uint32() >>> (32 - BITS) };
}

function parity(x: number): number {
  let folded = x ^ (x >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return (0x6996 >>> (folded & 15)) & 1;
}
