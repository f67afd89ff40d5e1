/** A sweep with two objectives in the middle of its life, for tests. */
import { parseAttempt, parsePackId, parseTrialId } from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import { epoch } from "../../core/domain/units.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { sampleSweep } from "./sample_sweep.ts";

/** Accuracy and loss of each trial, two to a configuration; null: still queued. */
const RESULTS: readonly (readonly [accuracy: number, loss: number] | null)[] = [
  [0.9, 0.3],
  null,
  [0.8, 0.5],
  [0.84, 0.5],
  [0.92, 0.5],
  [0.94, 0.7],
  [0.99, 0.1],
  [NaN, NaN],
  [0.8, 0.9],
  [0.8, 0.9],
];

/** The sweep after its first `results` trials, a second each. */
export function frontSweep(
  { results = RESULTS.length }: { readonly results?: number } = {},
): SweepView {
  const sample = sampleSweep({ replicates: 2 });
  const { spec } = sample.view.ledger;
  const objectives = [spec.metric, { name: "train_loss", goal: "minimize" as const }];
  sample.append(0, { type: "sweepExtended", spec: { ...spec, objectives }, by: "test" });
  for (const [trial, result] of RESULTS.slice(0, results).entries()) {
    if (result === null) continue;
    const [accuracy, loss] = result;
    sample.lease(trial, 1_000 * trial, "w-1");
    sample.append(1_000 * trial + 900, {
      type: "trialCompleted",
      pack: parsePackId(trial),
      attempt: parseAttempt(1),
      trial: parseTrialId(trial),
      epoch: epoch(2),
      objective: objectiveValue(accuracy),
      metrics: Number.isFinite(accuracy) ? { val_accuracy: accuracy, train_loss: loss } : {},
      result: null,
      model: null,
    });
  }
  return sample.view;
}
