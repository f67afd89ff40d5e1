/** Published numbers beside ours, with a verdict for each, and one for each conclusion. */
import type { PairedComparison } from "../../domain/comparison/paired_comparison.ts";
import type { Hyperparameters, ParameterValue } from "../../domain/hyperparameters.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import { TRAIN_EXAMPLES_SCORED } from "../../domain/trial_result.ts";
import {
  type AfterTraining,
  readScores,
  type ReadScoresOptions,
  type ScoredTrial,
} from "./after_training.ts";
import {
  CONCLUSION_RULE,
  type ConclusionVerdict,
  judgeConclusions,
  type JudgedConclusion,
} from "./lab_conclusions.ts";
import { baselineOf, type Candidate, candidatesOf, matchesOf } from "./match_published.ts";
import { judgeNumber, NUMBER_RULE, type NumberVerdict, verdictCounts } from "./number_verdict.ts";
import { count } from "./numbers.ts";
import type { Published, PublishedExperiment } from "./published.ts";
import type { SweepView } from "../sweep_view.ts";

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

/** What is held against published scores. */
const SCORES_RULE =
  "Published scores were taken after training. So are ours: train accuracy and F1 are those of each " +
  "replicate's network as it was at the end, from the confusion matrices that it left behind (of at " +
  `most ${count(TRAIN_EXAMPLES_SCORED)} training examples). The metric train_accuracy is counted ` +
  "while the weights still change, and has no part in them.";

type Scores = ReadonlyMap<Trial, AfterTraining>;

/**
 * Holds the publication against the sweeps.
 * @throws {unknown} What `readResult` throws, or the signal's reason.
 */
export async function holdAgainst(
  published: Published,
  { views, ...reading }: ReadScoresOptions & { readonly views: readonly SweepView[] },
): Promise<Against> {
  const baseline = baselineOf(published);
  const candidates = candidatesOf(views, published);
  const matched = published.experiments.map((experiment) => ({
    experiment,
    matches: matchesOf(experiment, { candidates, baseline }),
  }));
  const scores = await readScores(
    trialsOf(new Set(matched.flatMap(({ matches }) => matches))),
    reading,
  );
  const experiments = matched.flatMap(({ experiment, matches }) =>
    matches.length === 0
      ? [verdictOn(experiment, null, scores)]
      : matches.map((match) => verdictOn(experiment, match, scores))
  );
  const conclusions = judgeConclusions(published, { candidates, baseline, scores }).map(reported);
  return {
    source: published.source,
    sentences: [
      verdictCounts(experiments.flatMap(({ numbers }) => numbers)),
      ...conclusionCounts(conclusions),
    ],
    rules: [NUMBER_RULE, SCORES_RULE, CONCLUSION_RULE, REPLICATES_RULE],
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

function trialsOf(candidates: ReadonlySet<Candidate>): readonly ScoredTrial[] {
  return [...candidates].flatMap(({ view, row }) =>
    completed(row.trials).map((trial) => ({ view, trial }))
  );
}

function completed(trials: readonly Trial[]): readonly Trial[] {
  return trials.filter(({ state }) => state.status === "completed");
}

function verdictOn(
  { name, parameters, trainAccuracy, testAccuracy, testF1 }: PublishedExperiment,
  match: Candidate | null,
  scores: Scores,
): ExperimentVerdict {
  const trials = completed(match?.row.trials ?? []);
  const scored = trials.flatMap((trial) => scores.get(trial) ?? []);
  const classes = match?.view.ledger.dataset.classes ?? [];
  return {
    experiment: name,
    stated: parameters,
    ours: match === null ? null : ourConfiguration(match),
    numbers: [
      ...judged("train accuracy", trainAccuracy, scored.map((each) => each.trainAccuracy)),
      ...judged(
        "test accuracy",
        testAccuracy,
        trials.flatMap(({ metrics }) => metrics["test_accuracy"] ?? []),
      ),
      ...(testF1 ?? []).flatMap((score, index) =>
        judged(
          `test F1 of ${classes[index] ?? `class ${index + 1}`}`,
          score,
          scored.flatMap((each) => each.testF1[index] ?? []),
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
