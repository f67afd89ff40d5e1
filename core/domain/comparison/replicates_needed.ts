/** How many replicates would tell a difference, if it is what it looks like now. */
import { probit } from "simple-statistics";
import type { PairedComparison } from "./paired_comparison.ts";
import { studentQuantile } from "./student_t.ts";

const POWER = 0.8;
/** More is no advice: the difference is of no practical size. */
const MOST = 1_000;
/** The library's normal quantile is good to three digits: the search begins a little below. */
const MARGIN = 0.99;

/**
 * The least number of pairs with which a two-sided paired t test of the given level (0.05 unless
 * told) finds a difference of `effectSize` standard deviations (Cohen's d_z) with power 0.8: the
 * smallest n with n >= ((t₁₋α/₂,ₙ₋₁ + t₀.₈,ₙ₋₁) / d_z)², the usual approximation of the noncentral
 * t distribution.
 *
 * @returns null if there is no difference, or it would take more than 1,000.
 */
export function replicatesNeeded(
  effectSize: number,
  { level = 0.05 }: { readonly level?: number } = {},
): number | null {
  return replicatesNeededAt(level)(effectSize);
}

/** {@link replicatesNeeded} at one level, for many effects: what it works out once it keeps. */
export function replicatesNeededAt(level: number): (effectSize: number) => number | null {
  const sums = new Map<number, number>();
  /** The sum of the two quantiles for n. */
  const sumOf = (n: number): number => {
    const known = sums.get(n);
    if (known !== undefined) return known;
    const sum = studentQuantile(1 - level / 2, n - 1) + studentQuantile(POWER, n - 1);
    sums.set(n, sum);
    return sum;
  };
  return (effectSize) => needed(Math.abs(effectSize), { level, sumOf });
}

/**
 * How many pairs beyond those at hand would tell two configurations apart at the given level, if
 * they go on to differ as they do now; null for no difference, or more than 1,000 pairs. Differences
 * without any spread are told by their signs alone: by the n with 2/2ⁿ <= level.
 */
export function morePairsAt(
  level: number,
): (comparison: Pick<PairedComparison, "n" | "meanDifference" | "effectSize">) => number | null {
  const neededFor = replicatesNeededAt(level);
  return ({ n, meanDifference, effectSize }) => {
    if (meanDifference === 0) return null;
    const needed = effectSize === null ? Math.ceil(Math.log2(2 / level)) : neededFor(effectSize);
    // Few by the formula, yet not told so far: at least one more.
    return needed === null ? null : Math.max(1, needed - n);
  };
}

function needed(
  size: number,
  { level, sumOf }: { readonly level: number; readonly sumOf: (n: number) => number },
): number | null {
  if (!(size > 0)) return null;
  /** What n would have to be, going by the quantiles for n: it falls as n grows. */
  const wanted = (n: number): number => (sumOf(n) / size) ** 2;
  // Quantiles of the normal distribution lie below those of t: a lower bound, near the answer.
  const bound = MARGIN * ((probit(1 - level / 2) + probit(POWER)) / size) ** 2;
  let least = Math.max(2, Math.floor(bound));
  if (least > MOST) return null;
  // The quantiles for very few pairs are so large that the search would begin among thousands.
  let enough = Math.min(MOST + 1, Math.max(least, Math.ceil(wanted(least))));
  while (least < enough) {
    const middle = Math.floor((least + enough) / 2);
    if (middle >= wanted(middle)) enough = middle;
    else least = middle + 1;
  }
  return enough <= MOST ? enough : null;
}
