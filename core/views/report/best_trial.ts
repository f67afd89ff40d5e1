/** What one trial of a report left behind: its classification reports, mistakes, picture and log. */
import {
  type ClassificationReport,
  classificationReport,
  type ConfusionMatrix,
} from "../../domain/classification_report.ts";
import type { Hyperparameters } from "../../domain/hyperparameters.ts";
import type { ConfigurationId, TrialId } from "../../domain/ids.ts";
import { parseMlpHyperparameters } from "../../domain/mlp_parameters.ts";
import type { Metrics } from "../../domain/sweep_event.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import type { RawImage, TaskPicture, TrialResult } from "../../domain/trial_result.ts";
import type { SweepView } from "../sweep_view.ts";
import { logLines, type Minibatches, minibatches, thinned } from "./log_lines.ts";

/** One split of the data. */
export interface SplitReport {
  readonly split: "train" | "validation" | "test";
  readonly report: ClassificationReport;
}

/** A test example that was classified wrongly, with the names of its classes. */
export interface ReportedMistake {
  readonly index: number;
  readonly actual: string;
  readonly predicted: string;
  readonly confidence: number;
  readonly image: RawImage | null;
}

/** The trial's losses in the log format of the lab. */
export interface TrialLog {
  readonly lines: readonly string[];
  /** Epochs that have lines here, and those that were reported. */
  readonly shown: number;
  readonly reported: number;
}

/** One trial. */
export interface ReportedTrial {
  readonly trial: TrialId;
  readonly configuration: ConfigurationId;
  readonly replicate: number;
  /** Whether it is the best replicate of the best configuration, or one that was asked for. */
  readonly choice: "best" | "asked";
  readonly hyperparameters: Hyperparameters;
  readonly metrics: Metrics;
  readonly log: TrialLog;
  /** Whether the trial has left a result file. */
  readonly hasResult: boolean;
  /** Empty for regression and without a result file. */
  readonly splits: readonly SplitReport[];
  readonly mistakes: readonly ReportedMistake[];
  readonly picture: TaskPicture | null;
}

/** Epochs of the log that a report prints. */
const PRINTED_EPOCHS = 60;
const SPLITS = ["train", "validation", "test"] as const;

/** The trial as it is reported. `result`: its file; null where it has none. */
export function reportedTrial(
  view: SweepView,
  trial: Trial,
  { result, choice }: {
    readonly result: TrialResult | null;
    readonly choice: ReportedTrial["choice"];
  },
): ReportedTrial {
  return {
    trial: trial.id,
    configuration: trial.configuration,
    replicate: trial.replicate,
    choice,
    hyperparameters: trial.hyperparameters,
    metrics: trial.metrics,
    log: printedLog(view, trial),
    hasResult: result !== null,
    splits: result === null ? [] : splitReports(result),
    mistakes: (result?.mistakes ?? []).map((mistake) => ({
      ...mistake,
      actual: className(result, mistake.actual),
      predicted: className(result, mistake.predicted),
    })),
    picture: result?.picture ?? null,
  };
}

/** All lines of a trial's log. */
export function trialLogLines(view: SweepView, trial: Trial): readonly string[] {
  return logLines(view.curve(trial.id).points, batchesOf(view, trial));
}

function printedLog(view: SweepView, trial: Trial): TrialLog {
  const { points } = view.curve(trial.id);
  const shown = thinned(points, PRINTED_EPOCHS);
  const lines = logLines(shown, batchesOf(view, trial));
  return { lines, shown: shown.length, reported: points.length };
}

function batchesOf({ ledger: { dataset, spec } }: SweepView, trial: Trial): Minibatches {
  // How a module of the user cuts its examples nobody knows.
  if (spec.task.dataset === "module") return { train: 1, validation: 1 };
  const { batchSize } = parseMlpHyperparameters(trial.hyperparameters);
  return {
    train: minibatches(dataset.trainExamples, batchSize),
    validation: minibatches(dataset.validationExamples, batchSize),
  };
}

/** The reports of the splits that a result has. A split without examples has none. */
export function splitReports({ confusions, classes }: TrialResult): readonly SplitReport[] {
  if (confusions === null) return [];
  return SPLITS.filter((split) => isReportable(confusions[split], classes))
    .map((split) => ({ split, report: classificationReport(confusions[split], classes) }));
}

function isReportable(confusion: ConfusionMatrix, classes: readonly string[]): boolean {
  return confusion.length === classes.length && confusion.flat().some((count) => count > 0);
}

function className(result: TrialResult | null, index: number): string {
  return result?.classes[index] ?? `class ${index}`;
}
