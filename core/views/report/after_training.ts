/** How trials score when their training is over, from what they left behind. */
import { classificationReport } from "../../domain/classification_report.ts";
import type { Trial } from "../../domain/sweep_ledger.ts";
import type { TrialResult } from "../../domain/trial_result.ts";
import type { SweepView } from "../sweep_view.ts";

/** Reads what a completed trial left behind; null where it left nothing. */
export type ReadResult = (view: SweepView, trial: Trial) => Promise<TrialResult | null>;

/** A classifier's scores by its network as it is at the end. */
export interface AfterTraining {
  /**
   * The share of the training examples that are classified rightly. The metric `train_accuracy` is
   * another one: it is counted minibatch by minibatch, while the weights still change.
   */
  readonly trainAccuracy: number;
  /** F1 of each class on the test set. */
  readonly testF1: readonly number[];
}

/** Where the scores are read from, and how it goes. */
export interface ReadScoresOptions {
  readonly readResult: ReadResult;
  /** Told after each result: how many have been read, of how many. */
  readonly onRead?: ((read: number, all: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A trial with the sweep that it is of. */
export interface ScoredTrial {
  readonly view: SweepView;
  readonly trial: Trial;
}

/** So many results are on their way at a time: a store that is far away answers in the meantime. */
const READ_AT_ONCE = 16;

/**
 * The scores of the trials that left any; results are as large as their pictures, so of each nothing
 * but its scores is kept.
 * @throws {unknown} What the reader throws, or the signal's reason.
 */
export async function readScores(
  trials: readonly ScoredTrial[],
  { readResult, onRead, signal }: ReadScoresOptions,
): Promise<ReadonlyMap<Trial, AfterTraining>> {
  const scores = new Map<Trial, AfterTraining>();
  const rest = each(trials);
  let read = 0;
  const readOn = async (): Promise<void> => {
    // All readers take from one iterator: each trial is read once, and who fails ends it for all.
    for (const { view, trial } of rest) {
      signal?.throwIfAborted();
      const found = scoresOf(await readResult(view, trial));
      if (found !== null) scores.set(trial, found);
      onRead?.(++read, trials.length);
    }
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, readOn));
  return scores;
}

/** The items, until one of those who take them fails. */
function* each<Item>(items: readonly Item[]): Generator<Item, void, undefined> {
  yield* items;
}

function scoresOf(result: TrialResult | null): AfterTraining | null {
  if (result === null || result.confusions === null) return null;
  const { confusions: { train, test }, classes } = result;
  return {
    trainAccuracy: classificationReport(train, classes).accuracy,
    testF1: classificationReport(test, classes).classes.map(({ f1 }) => f1),
  };
}
