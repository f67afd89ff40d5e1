/** The conclusions that the lab drew from single runs, judged by pairs of our replicates. */
import { holm } from "../../domain/comparison/holm.ts";
import { comparePaired, type PairedComparison } from "../../domain/comparison/paired_comparison.ts";
import { FAMILY_LEVEL } from "../../domain/comparison/standings.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import type { AfterTraining } from "./after_training.ts";
import { type Candidate, matchesOf } from "./match_published.ts";
import { morePairs } from "./parameter_effects.ts";
import type { Published, PublishedExperiment } from "./published.ts";

/** What a conclusion is about. */
type Measure = "test accuracy" | "train − test accuracy";

interface Claim {
  readonly claim: string;
  /** Names of experiments: `larger` is said to have more of the measure than `smaller`. */
  readonly larger: string;
  readonly smaller: string;
  readonly measure: Measure;
}

/** The lab's words, and what they predict. */
const CLAIMS: readonly Claim[] = [
  {
    claim: "A smaller batch regularises",
    larger: "batch 32",
    smaller: "baseline",
    measure: "test accuracy",
  },
  {
    claim: "A smaller learning rate overfits",
    larger: "lr 0.001",
    smaller: "baseline",
    measure: "train − test accuracy",
  },
  {
    claim: "More units help a little",
    larger: "hidden 128",
    smaller: "baseline",
    measure: "test accuracy",
  },
  {
    claim: "Depth helps",
    larger: "more hidden layers",
    smaller: "baseline",
    measure: "test accuracy",
  },
];

/** What our replicates say to a conclusion. */
export type ConclusionVerdict = "reproduced" | "inside noise" | "not reproduced" | "not tested";

/** One comparison that a conclusion rests on. */
export interface JudgedConclusion {
  readonly claim: string;
  readonly measure: Measure;
  /** Which configurations were compared; null where we lack one of them. */
  readonly larger: Candidate | null;
  readonly smaller: Candidate | null;
  /** The difference that was published. */
  readonly published: number | null;
  /** `larger` minus `smaller` over common seeds. */
  readonly comparison: PairedComparison | null;
  readonly adjustedP: number | null;
  readonly morePairs: number | null;
  readonly verdict: ConclusionVerdict;
}

/** The rule, for readers. */
export const CONCLUSION_RULE: string =
  "A conclusion is reproduced if the paired difference over common seeds goes the way that it says " +
  "and Holm's adjusted p is at most 0.05; not reproduced if it goes the other way as clearly. It is " +
  "inside noise where the 95 % interval of the difference contains 0 or the adjusted p is above 0.05.";

/** What the conclusions are judged by. */
interface OurResults {
  readonly candidates: readonly Candidate[];
  readonly baseline: PublishedExperiment | undefined;
  /** Of the candidates' trials, as far as they left any. */
  readonly scores: ReadonlyMap<Trial, AfterTraining>;
}

/** Judges every conclusion whose experiments the publication has. */
export function judgeConclusions(
  published: Published,
  ours: OurResults,
): readonly JudgedConclusion[] {
  const tests = CLAIMS.flatMap((claim) => testsOf(claim, published, ours));
  const count = tests.filter(({ pair }) => pair !== null).length;
  const comparisons = tests.map(({ claim: { measure }, pair }) =>
    pair === null ? null : comparePaired(
      valuesOf(pair.larger, measure, ours.scores),
      valuesOf(pair.smaller, measure, ours.scores),
      { comparisons: count },
    )
  );
  const compared = comparisons.filter((each) => each !== null);
  const adjusted = holm(compared.map(({ p }) => p));
  return tests.map(({ claim: { claim, measure }, published, pair }, index) => {
    const comparison = comparisons[index] ?? null;
    const adjustedP = comparison === null ? null : adjusted[compared.indexOf(comparison)] ?? 1;
    const verdict = verdictOf(comparison, adjustedP);
    return {
      claim,
      measure,
      larger: pair?.larger ?? null,
      smaller: pair?.smaller ?? null,
      published,
      comparison,
      adjustedP,
      morePairs: comparison === null || verdict !== "inside noise"
        ? null
        : morePairs(comparison, compared.length),
      verdict,
    };
  });
}

interface Pair {
  readonly larger: Candidate;
  readonly smaller: Candidate;
}

interface ClaimTest {
  readonly claim: Claim;
  readonly published: number | null;
  readonly pair: Pair | null;
}

/** A claim is tested by each configuration that its experiment describes. */
function testsOf(
  claim: Claim,
  { experiments }: Published,
  ours: OurResults,
): readonly ClaimTest[] {
  const larger = experiments.find(({ name }) => name === claim.larger);
  const smaller = experiments.find(({ name }) => name === claim.smaller);
  if (larger === undefined || smaller === undefined) return [];
  const published = publishedDifference(claim.measure, larger, smaller);
  const references = matchesOf(smaller, ours);
  const pairs = matchesOf(larger, ours).flatMap((each) => pairOf(each, references) ?? []);
  if (pairs.length === 0) return [{ claim, published, pair: null }];
  return pairs.map((pair) => ({ claim, published, pair }));
}

/** Seeds mean the same in two sweeps of one seed on the same data, and only there. */
function pairOf(
  larger: Candidate,
  others: readonly Candidate[],
): Pair | null {
  const smaller = others.find(({ view: { ledger } }) =>
    ledger.spec.seed === larger.view.ledger.spec.seed &&
    ledger.dataset.digest === larger.view.ledger.dataset.digest
  );
  return smaller === undefined ? null : { larger, smaller };
}

function valuesOf(
  { row }: Candidate,
  measure: Measure,
  scores: OurResults["scores"],
): ReadonlyMap<number, number> {
  return new Map(
    row.trials
      .filter(({ state }) => state.status === "completed")
      .flatMap((trial): [number, number][] => {
        const value = measureOf({
          train: scores.get(trial)?.trainAccuracy ?? null,
          test: trial.metrics["test_accuracy"] ?? null,
        }, measure);
        return value === null ? [] : [[trial.replicate, value]];
      }),
  );
}

interface Accuracies {
  readonly train: number | null;
  readonly test: number | null;
}

function measureOf({ train, test }: Accuracies, measure: Measure): number | null {
  if (test === null) return null;
  if (measure === "test accuracy") return test;
  return train === null ? null : train - test;
}

function publishedDifference(
  measure: Measure,
  larger: PublishedExperiment,
  smaller: PublishedExperiment,
): number | null {
  const [a, b] = [larger, smaller].map(({ trainAccuracy: train, testAccuracy: test }) =>
    measureOf({ train, test }, measure)
  );
  return a === undefined || b === undefined || a === null || b === null ? null : a - b;
}

function verdictOf(
  comparison: PairedComparison | null,
  adjustedP: number | null,
): ConclusionVerdict {
  if (comparison === null || adjustedP === null) return "not tested";
  const { ci95: [lower, upper], meanDifference } = comparison;
  if (adjustedP > FAMILY_LEVEL || (lower <= 0 && upper >= 0)) return "inside noise";
  return meanDifference > 0 ? "reproduced" : "not reproduced";
}
