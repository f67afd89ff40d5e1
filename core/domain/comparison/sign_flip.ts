/**
 * The exact sign-flip permutation test of paired differences (Fisher, The Design of Experiments,
 * 1935, §21): if the two treatments were equal, each difference could as well have the other sign.
 */

/** 2¹⁶ sums are enumerated in a few milliseconds; beyond that the t test is as good. */
export const MAX_SIGN_FLIP_PAIRS = 16;

/** Sums that differ by rounding alone count as equal. */
const ROUNDING = 1e-12;

/**
 * The two-sided p-value: the share of all 2ⁿ sign patterns whose sum is at least as far from zero
 * as the one observed. It is never below 2/2ⁿ, so fewer than six pairs cannot reach 0.05.
 * @throws {RangeError} If there is no difference or there are more than can be enumerated.
 */
export function signFlipTest(differences: readonly number[]): number {
  const n = differences.length;
  if (n < 1 || n > MAX_SIGN_FLIP_PAIRS) {
    throw new RangeError(
      `Cannot enumerate the signs of ${n} differences: it must be 1 to ${MAX_SIGN_FLIP_PAIRS}`,
    );
  }
  let sum = differences.reduce((total, difference) => total + difference, 0);
  const scale = differences.reduce((total, difference) => total + Math.abs(difference), 0);
  const observed = Math.abs(sum) - ROUNDING * scale;
  const signs = new Int8Array(n).fill(1);
  let extreme = 1; // the pattern observed
  // Gray code: from one pattern to the next a single sign changes, so a sum costs one addition.
  for (let pattern = 1; pattern < 2 ** n; pattern++) {
    const flipped = trailingZeros(pattern);
    const sign = -(signs[flipped] ?? 1);
    signs[flipped] = sign;
    sum += 2 * sign * (differences[flipped] ?? 0);
    if (Math.abs(sum) >= observed) extreme++;
  }
  return extreme / 2 ** n;
}

function trailingZeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}
