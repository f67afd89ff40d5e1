/** What training measures; the names are those that sweep files and exports use. */
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Evaluation, Examination } from "./evaluation.ts";

/** Measured after an epoch. All finite: a lane that is not is diverged. */
export interface EpochMetrics {
  /** The mean loss over the epoch's examples, each scored just before its step. */
  readonly "train_loss": number;
  /** The mean loss over the validation examples after the epoch. */
  readonly "val_loss": number;
  /** With classes: the share of the epoch's examples got right, each just before its step. */
  readonly "train_accuracy"?: number;
  /** With classes: the share of the validation examples got right after the epoch. */
  readonly "val_accuracy"?: number;
  /** With values: the root of the mean squared error over the validation examples, in the units
   * of the data. */
  readonly "val_rmse"?: number;
}

/** Measured once, after the last epoch. */
export interface FinalMetrics {
  /** The mean loss over the test examples. */
  readonly "test_loss": number;
  /** With classes: the share of the test examples got right. */
  readonly "test_accuracy"?: number;
  /** With generated clusters: the share of their centres got right. */
  readonly "centre_accuracy"?: number;
  /** With values: the root of the mean squared error over the test examples. */
  readonly "test_rmse"?: number;
  /** With values that were generated: the same against what they would be without noise. */
  readonly "rmse_to_truth"?: number;
}

/** The metrics of an epoch. */
export function epochMetricsOf(
  dataset: Dataset,
  { train, validation }: { readonly train: Evaluation; readonly validation: Evaluation },
): EpochMetrics {
  const losses = { "train_loss": train.loss, "val_loss": validation.loss };
  if (dataset.kind === "regression") {
    return { ...losses, "val_rmse": Math.sqrt(validation.loss) * unitOf(dataset) };
  }
  return { ...losses, "train_accuracy": train.accuracy, "val_accuracy": validation.accuracy };
}

/** The test metrics of an examination of the test split, and of the clusters' centres. */
export function finalMetricsOf(
  dataset: Dataset,
  { test, centres }: { readonly test: Examination; readonly centres?: Examination | undefined },
): FinalMetrics {
  const { loss, accuracy, predictions } = test;
  const { kind, noiseFree } = dataset;
  if (kind !== "regression") {
    const shares = { "test_loss": loss, "test_accuracy": accuracy };
    return centres === undefined ? shares : { ...shares, "centre_accuracy": centres.accuracy };
  }
  const found = { "test_loss": loss, "test_rmse": Math.sqrt(loss) * unitOf(dataset) };
  if (noiseFree === undefined) return found;
  const squares = predictions.reduce((sum, p, i) => sum + (p - (noiseFree[i] ?? NaN)) ** 2, 0);
  const error = Math.sqrt(squares / predictions.length) * unitOf(dataset);
  return Number.isFinite(error) ? { ...found, "rmse_to_truth": error } : found;
}

/** `confusion[actual][predicted]` counts a split's examples; null where there are no classes. */
export function confusionOf(
  { classes }: Pick<Dataset, "classes">,
  { targets }: Pick<Split, "targets">,
  { predictions }: Pick<Examination, "predictions">,
): readonly (readonly number[])[] | null {
  if (targets.kind !== "classes") return null;
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  for (const [i, predicted] of predictions.entries()) {
    const row = confusion[targets.labels[i] ?? 0];
    if (row?.[predicted] !== undefined) row[predicted]++;
  }
  return confusion;
}

/** What an error of 1 in the network's own units is in those of the data. */
function unitOf({ targetScale }: Dataset): number {
  return targetScale?.std ?? 1;
}
