/** Whether a published number is one that our replicates could have given. */
import { studentQuantile } from "../../domain/comparison/student_t.ts";
import { type Estimate, estimateMean, type Interval } from "../../domain/statistics.ts";

/** What may be said. */
export type Reproduction = "reproduced" | "not reproduced" | "undecided" | "not tested";

/** A published number beside ours. */
export interface NumberVerdict {
  readonly quantity: string;
  readonly published: number;
  /** Null: we have no such number. */
  readonly ours: Estimate | null;
  /** Where 95 % of single runs like ours lie; null with fewer than two replicates. */
  readonly prediction: Interval | null;
  readonly verdict: Reproduction;
}

/** Published numbers are rounded to four decimals. */
const ROUNDING = 0.5e-4;

/** The rule, for readers. */
export const NUMBER_RULE: string =
  "A published number is one run: it is reproduced if it lies in the 95 % prediction interval of a " +
  "single run of ours, mean ± t(0.975, n − 1) · sd · √(1 + 1/n), widened by its rounding (0.00005). " +
  "Outside it is not reproduced; with a single replicate nothing is decided. Of many numbers that are " +
  "runs like ours, 5 % would lie outside by chance: each verdict stands for itself.";

/** How many of the numbers came out which way. */
export function verdictCounts(verdicts: readonly NumberVerdict[]): string {
  const of = (wanted: Reproduction): number =>
    verdicts.filter(({ verdict }) => verdict === wanted).length;
  const judged = of("reproduced") + of("not reproduced");
  const rest = verdicts.length - judged;
  return `${of("reproduced")} of ${judged} published numbers are reproduced` +
    (rest > 0 ? `; ${rest} are not tested or undecided.` : ".");
}

/** Judges one number by values of independent replicates. */
export function judgeNumber(
  quantity: string,
  { published, values }: { readonly published: number; readonly values: readonly number[] },
): NumberVerdict {
  if (values.length === 0) {
    return { quantity, published, ours: null, prediction: null, verdict: "not tested" };
  }
  const ours = estimateMean(values);
  const prediction = predictionInterval(ours);
  if (prediction === null) return { quantity, published, ours, prediction, verdict: "undecided" };
  const isInside = published >= prediction[0] - ROUNDING && published <= prediction[1] + ROUNDING;
  return {
    quantity,
    published,
    ours,
    prediction,
    verdict: isInside ? "reproduced" : "not reproduced",
  };
}

/** Where the next run lies with 95 % confidence if runs are normal; null for one run. */
export function predictionInterval({ mean, sd, n }: Estimate): Interval | null {
  if (sd === null || n < 2) return null;
  const half = studentQuantile(0.975, n - 1) * sd * Math.sqrt(1 + 1 / n);
  return [mean - half, mean + half];
}
