/** A trial as a row of a table, a card or a column shows it. */
import { variedParameters } from "../../core/domain/search_space.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { testMetricOf } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { formatValue } from "../client/parts/format.ts";
import type { TrialRow } from "../client/trials/trials_model.ts";
import { durationMs, epochsTrained, objectiveOf, shownStatus } from "./trial_values.ts";

/** The row. */
export function trialRow(view: SweepView, trial: Trial): TrialRow {
  const { ledger } = view;
  const { spec } = ledger;
  const testMetric = testMetricOf(spec);
  return {
    trial: trial.id,
    configuration: trial.configuration,
    replicate: trial.replicate,
    state: shownStatus(trial),
    values: variedParameters(spec.parameters)
      .map(({ name }) => formatValue(trial.hyperparameters[name] ?? "–")),
    objective: objectiveOf(view, trial),
    test: testMetric === null ? null : trial.metrics[testMetric] ?? null,
    epochs: epochsTrained(trial),
    attempts: trial.attempts,
    worker: trial.worker,
    pack: trial.pack,
    lanes: trial.pack === null ? 0 : ledger.pack(trial.pack).trials.length,
    durationMs: durationMs(view, trial),
  };
}
