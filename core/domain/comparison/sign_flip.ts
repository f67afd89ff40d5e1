/**
 * The exact sign-flip permutation test of paired differences (Fisher, The Design of Experiments,
 * 1935, §21): if the two treatments were equal, each difference could as well have the other sign.
 */

/** Beyond so many pairs the t test is as good. */
export const MAX_SIGN_FLIP_PAIRS = 16;

/** Sums that differ by rounding alone count as equal. */
const ROUNDING = 1e-12;

/**
 * The two-sided p-value: the share of all 2ⁿ sign patterns whose sum is at least as far from zero
 * as the one observed. It is never below 2/2ⁿ, so fewer than six pairs cannot reach 0.05.
 *
 * Every sum is one of the first half of the differences plus one of the second: with both lists
 * sorted, all 2ⁿ are counted in one pass over 2 · 2^(n/2) of them, after Horowitz and Sahni,
 * Computing partitions, Journal of the ACM 21 (1974), §3. A conclusion makes hundreds of tests.
 * @throws {RangeError} If there is no difference or there are more than {@link MAX_SIGN_FLIP_PAIRS}.
 */
export function signFlipTest(differences: readonly number[]): number {
  const n = differences.length;
  if (n < 1 || n > MAX_SIGN_FLIP_PAIRS) {
    throw new RangeError(
      `Cannot flip the signs of ${n} differences: it must be 1 to ${MAX_SIGN_FLIP_PAIRS}`,
    );
  }
  const sum = differences.reduce((total, difference) => total + difference, 0);
  const scale = differences.reduce((total, difference) => total + Math.abs(difference), 0);
  const observed = Math.abs(sum) - ROUNDING * scale;
  if (observed <= 0) return 1;
  const half = n >> 1;
  const above = countAtLeast(
    signedSums(differences.slice(0, half)),
    signedSums(differences.slice(half)),
    observed,
  );
  // To each pattern belongs the one with all signs turned, as far on the other side of zero.
  return 2 * above / 2 ** n;
}

/** The sums of all sign patterns, in ascending order. */
function signedSums(differences: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** differences.length);
  let filled = 1;
  for (const difference of differences) {
    for (let index = 0; index < filled; index++) {
      const sum = sums[index] ?? 0;
      sums[index] = sum + difference;
      sums[filled + index] = sum - difference;
    }
    filled *= 2;
  }
  return sums.sort();
}

/** How many pairs, one number of each ascending list, sum to at least `bound`. */
function countAtLeast(first: Float64Array, second: Float64Array, bound: number): number {
  let count = 0;
  let from = second.length;
  for (const value of first) {
    // As the first number grows, ever smaller second ones suffice.
    while (from > 0 && value + (second[from - 1] ?? 0) >= bound) from--;
    count += second.length - from;
  }
  return count;
}
