/** What training measures; the names are those that sweep files and exports use. */
import type { Evaluation } from "./evaluation.ts";

/** Measured after each epoch. All finite: a lane that is not is diverged. */
export interface EpochMetrics {
  /** The mean cross-entropy over the epoch's examples, each scored just before its step. */
  readonly "train_loss": number;
  /** The share of the epoch's examples classified rightly, each scored just before its step. */
  readonly "train_accuracy": number;
  /** The mean cross-entropy over the validation examples after the epoch. */
  readonly "val_loss": number;
  /** The share of the validation examples classified rightly after the epoch. */
  readonly "val_accuracy": number;
}

/** Measured once, after the last epoch. */
export interface FinalMetrics {
  /** The mean cross-entropy over the test examples. */
  readonly "test_loss": number;
  /** The share of the test examples classified rightly. */
  readonly "test_accuracy": number;
}

/** The names of the metrics that a sweep can optimise. */
export const EPOCH_METRICS: readonly (keyof EpochMetrics)[] = [
  "train_loss",
  "train_accuracy",
  "val_loss",
  "val_accuracy",
];

/** The test metrics of an evaluation of the test split. */
export function finalMetricsOf({ loss, accuracy }: Evaluation): FinalMetrics {
  return { "test_loss": loss, "test_accuracy": accuracy };
}
