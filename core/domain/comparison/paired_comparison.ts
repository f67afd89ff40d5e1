/** Two configurations over the replicates that both have: how they differ, and how sure that is. */
import type { Interval } from "../statistics.ts";
import { MAX_SIGN_FLIP_PAIRS, signFlipTest } from "./sign_flip.ts";
import { studentQuantile, studentTwoSided } from "./student_t.ts";

/** A configuration's finite results by replicate number. */
export type ReplicateValues = ReadonlyMap<number, number>;

/** A comparison of two configurations, the second taken from the first. */
export interface PairedComparison {
  /** Replicates that both have. */
  readonly n: number;
  readonly meanDifference: number;
  /** Sample standard deviation of the differences (n − 1). */
  readonly sd: number;
  /** 95 % interval of the mean difference, Student's t with n − 1 degrees of freedom. */
  readonly ci95: Interval;
  /**
   * Cohen's d_z: the mean difference in standard deviations of the differences; null where they
   * have no spread.
   */
  readonly effectSize: number | null;
  readonly pairedT: { readonly t: number; readonly p: number };
  /** Two-sided p of the exact sign-flip test; null where the pairs are too many to enumerate. */
  readonly signFlip: { readonly p: number } | null;
  /** The p-value to decide by, and where it is from. */
  readonly p: number;
  readonly estimator: "paired t" | "exact sign-flip";
}

const LEVEL = 0.05;

/** Differences that are equal but for rounding have no spread that a t test could rest on. */
const NO_SPREAD = 1e-9;

/**
 * Compares over common replicates: they share seeds, so what both owe to a seed cancels out.
 * Decides by the exact test where the pairs can be enumerated and are enough for its smallest p,
 * 2/2ⁿ, to reach 0.05 after correction for `comparisons` of this kind (1 unless told); else by
 * Student's paired t test (Student, Biometrika 6, 1908).
 *
 * Results that are counted, such as accuracies, differ by equal amounts by chance. Such differences
 * have no spread for a t test, which would call two of them certain: they are always decided by the
 * exact test, 2/2ⁿ however many they are, since all of them point the same way.
 *
 * @returns null if fewer than two replicates are common.
 */
export function comparePaired(
  a: ReplicateValues,
  b: ReplicateValues,
  { comparisons = 1 }: { readonly comparisons?: number } = {},
): PairedComparison | null {
  const differences = differencesOf(a, b);
  const n = differences.length;
  if (n < 2) return null;
  const meanDifference = differences.reduce((sum, value) => sum + value, 0) / n;
  const squares = differences.reduce((sum, value) => sum + (value - meanDifference) ** 2, 0);
  const sd = Math.sqrt(squares / (n - 1));
  const standardError = sd / Math.sqrt(n);
  const half = studentQuantile(0.975, n - 1) * standardError;
  const t = tOf(meanDifference, standardError);
  const pairedT = { t, p: studentTwoSided(t, n - 1) };
  const signFlip = n <= MAX_SIGN_FLIP_PAIRS ? { p: signFlipTest(differences) } : null;
  const isSpread = sd > NO_SPREAD * Math.abs(meanDifference);
  const isExact = signFlip !== null && comparisons * 2 / 2 ** n <= LEVEL;
  const decision = !isSpread
    ? exact(meanDifference === 0 ? 1 : 2 / 2 ** n)
    : isExact
    ? exact(signFlip.p)
    : { p: pairedT.p, estimator: "paired t" as const };
  return {
    n,
    meanDifference,
    sd,
    ci95: [meanDifference - half, meanDifference + half],
    effectSize: isSpread ? meanDifference / sd : null,
    pairedT,
    signFlip,
    ...decision,
  };
}

function exact(p: number): Pick<PairedComparison, "p" | "estimator"> {
  return { p, estimator: "exact sign-flip" };
}

/** `a − b` for each common replicate, by its number. */
function differencesOf(a: ReplicateValues, b: ReplicateValues): readonly number[] {
  return [...a.keys()]
    .sort((first, second) => first - second)
    .flatMap((replicate) => {
      const [first, second] = [a.get(replicate), b.get(replicate)];
      return first === undefined || second === undefined ? [] : [first - second];
    });
}

/** Equal differences have no spread: to the t test they are either no difference or a certain one. */
function tOf(mean: number, standardError: number): number {
  if (standardError > 0) return mean / standardError;
  return mean === 0 ? 0 : Math.sign(mean) * Infinity;
}
