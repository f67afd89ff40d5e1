/** How many replicates would tell a difference, if it is what it looks like now. */
import { studentQuantile } from "./student_t.ts";

const LEVEL = 0.05;
const POWER = 0.8;
/** Standard normal quantiles of 0.975 and 0.8: what the t quantiles tend to from above. */
const NORMAL_SUM = 1.959963984540054 + 0.8416212335729143;
/** More is no advice: the difference is of no practical size. */
const MOST = 10_000;

/**
 * The least number of pairs with which a two-sided paired t test of level 0.05 finds a difference
 * of `effectSize` standard deviations (Cohen's d_z) with power 0.8: the smallest n with
 * n >= ((t₀.₉₇₅,ₙ₋₁ + t₀.₈,ₙ₋₁) / d_z)², the usual approximation of the noncentral t distribution.
 *
 * @returns null if there is no difference, or it would take more than 10,000.
 */
export function replicatesNeeded(effectSize: number): number | null {
  const size = Math.abs(effectSize);
  if (!(size > 0)) return null;
  // The normal approximation is a lower bound, and few below the answer.
  for (let n = Math.max(2, Math.ceil((NORMAL_SUM / size) ** 2)); n <= MOST; n++) {
    const sum = studentQuantile(1 - LEVEL / 2, n - 1) + studentQuantile(POWER, n - 1);
    if (n >= (sum / size) ** 2) return n;
  }
  return null;
}
