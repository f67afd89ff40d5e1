/** Published numbers beside ours, with a verdict for each, and one for each conclusion. */
import { classificationReport } from "../../domain/classification_report.ts";
import type { PairedComparison } from "../../domain/comparison/paired_comparison.ts";
import type { Hyperparameters, ParameterValue } from "../../domain/hyperparameters.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import type { TrialResult } from "../../domain/trial_result.ts";
import {
  CONCLUSION_RULE,
  type ConclusionVerdict,
  judgeConclusions,
  type JudgedConclusion,
} from "./lab_conclusions.ts";
import { baselineOf, type Candidate, candidatesOf, matchesOf } from "./match_published.ts";
import { judgeNumber, NUMBER_RULE, type NumberVerdict, verdictCounts } from "./number_verdict.ts";
import type { Published, PublishedExperiment } from "./published.ts";
import type { SweepView } from "../sweep_view.ts";

/** Reads what a completed trial left behind; null where it left nothing. */
export type ReadResult = (view: SweepView, trial: Trial) => Promise<TrialResult | null>;

/** One of our configurations. */
export interface OurConfiguration {
  readonly sweep: string;
  readonly configuration: number;
  readonly hyperparameters: Hyperparameters;
  /** Completed replicates. */
  readonly completed: number;
}

/** A published experiment beside one of our configurations. */
export interface ExperimentVerdict {
  readonly experiment: string;
  readonly stated: Readonly<Record<string, ParameterValue | null>>;
  /** Null: none of the sweeps has such a configuration. */
  readonly ours: OurConfiguration | null;
  readonly numbers: readonly NumberVerdict[];
}

/** A conclusion of the publication. */
export interface ReportedConclusion {
  readonly claim: string;
  readonly measure: string;
  readonly larger: OurConfiguration | null;
  readonly smaller: OurConfiguration | null;
  readonly published: number | null;
  readonly comparison: PairedComparison | null;
  readonly adjustedP: number | null;
  readonly morePairs: number | null;
  readonly verdict: ConclusionVerdict;
}

/** The whole comparison. */
export interface Against {
  readonly source: string;
  /** What it comes to, a sentence each. */
  readonly sentences: readonly string[];
  readonly rules: readonly string[];
  readonly experiments: readonly ExperimentVerdict[];
  readonly conclusions: readonly ReportedConclusion[];
}

/** How replicates differ, which every verdict rests on. */
const REPLICATES_RULE =
  "Replicates differ in their initial weights only: data, split and order of the minibatches are the " +
  "same. Intervals speak of new runs on these examples, not of new examples.";

/** Holds the publication against the sweeps. */
export async function holdAgainst(
  published: Published,
  { views, readResult }: {
    readonly views: readonly SweepView[];
    readonly readResult: ReadResult;
  },
): Promise<Against> {
  const baseline = baselineOf(published);
  const candidates = candidatesOf(views, published);
  const experiments: ExperimentVerdict[] = [];
  for (const experiment of published.experiments) {
    const matches = matchesOf(experiment, { candidates, baseline });
    if (matches.length === 0) experiments.push(verdictOn(experiment, null, []));
    for (const match of matches) {
      experiments.push(verdictOn(experiment, match, await resultsOf(match, readResult)));
    }
  }
  const conclusions = judgeConclusions(published, { candidates, baseline }).map(reported);
  return {
    source: published.source,
    sentences: [
      verdictCounts(experiments.flatMap(({ numbers }) => numbers)),
      ...conclusionCounts(conclusions),
    ],
    rules: [NUMBER_RULE, CONCLUSION_RULE, REPLICATES_RULE],
    experiments,
    conclusions,
  };
}

function conclusionCounts(conclusions: readonly ReportedConclusion[]): readonly string[] {
  if (conclusions.length === 0) return [];
  const claims = [...new Set(conclusions.map(({ claim }) => claim))].map((claim) => {
    const verdicts = conclusions.filter((each) => each.claim === claim)
      .map(({ verdict }) => verdict);
    return `${claim}: ${[...new Set(verdicts)].join(" or ")}`;
  });
  return [`${claims.join(". ")}.`];
}

async function resultsOf(
  { view, row }: Candidate,
  readResult: ReadResult,
): Promise<readonly TrialResult[]> {
  const results: TrialResult[] = [];
  for (const trial of completed(row.trials)) {
    const result = await readResult(view, trial);
    if (result !== null) results.push(result);
  }
  return results;
}

function completed(trials: readonly Trial[]): readonly Trial[] {
  return trials.filter(({ state }) => state.status === "completed");
}

function verdictOn(
  { name, parameters, trainAccuracy, testAccuracy, testF1 }: PublishedExperiment,
  match: Candidate | null,
  results: readonly TrialResult[],
): ExperimentVerdict {
  const values = (metric: string): readonly number[] =>
    completed(match?.row.trials ?? []).flatMap(({ metrics }) => metrics[metric] ?? []);
  const classes = match?.view.ledger.dataset.classes ?? [];
  const f1 = results.flatMap(({ confusions, classes: names }) =>
    confusions === null
      ? []
      : [classificationReport(confusions.test, names).classes.map((scores) => scores.f1)]
  );
  return {
    experiment: name,
    stated: parameters,
    ours: match === null ? null : ourConfiguration(match),
    numbers: [
      ...judged("train accuracy", trainAccuracy, values("train_accuracy")),
      ...judged("test accuracy", testAccuracy, values("test_accuracy")),
      ...(testF1 ?? []).flatMap((score, index) =>
        judged(
          `test F1 of ${classes[index] ?? `class ${index + 1}`}`,
          score,
          f1.flatMap((scores) => scores[index] ?? []),
        )
      ),
    ],
  };
}

function judged(
  quantity: string,
  published: number | null,
  values: readonly number[],
): readonly NumberVerdict[] {
  return published === null ? [] : [judgeNumber(quantity, { published, values })];
}

function ourConfiguration({ view, row }: Candidate): OurConfiguration {
  return {
    sweep: view.id,
    configuration: row.configuration,
    hyperparameters: row.hyperparameters,
    completed: row.completed,
  };
}

function reported({ larger, smaller, ...rest }: JudgedConclusion): ReportedConclusion {
  return {
    ...rest,
    larger: larger === null ? null : ourConfiguration(larger),
    smaller: smaller === null ? null : ourConfiguration(smaller),
  };
}
