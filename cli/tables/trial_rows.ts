/** A sweep's trials, one a row, for the eye. */
import { variedParameters } from "../../core/domain/search_space.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { testMetricOf } from "../../core/views/leaderboard.ts";
import { trialRecord } from "../../core/views/trial_record.ts";
import { metricValue, parameterValue, spokenTime } from "../../core/views/quantities.ts";
import { renderTable, type TableOptions } from "./table.ts";

/** The trials of `trawl show`, in the order in which they were asked for. */
export function trialTable(view: SweepView, options: TableOptions): readonly string[] {
  const { spec, trials } = view.ledger;
  const varied = variedParameters(spec.parameters).map(({ name }) => name);
  const testMetric = testMetricOf(spec);
  const columns = [
    { header: "trial" },
    { header: "state" },
    ...varied.map((name) => ({ header: name })),
    ...(spec.replicates > 1 ? [{ header: "replicate" }] : []),
    { header: spec.metric.name, align: "right" as const },
    ...(testMetric === null
      ? []
      : [{ header: testMetric, align: "right" as const, isOptional: true }]),
    { header: "epochs", isOptional: true },
    { header: "attempts", isOptional: true },
    { header: "time", align: "right" as const, isOptional: true },
    { header: "backend", isOptional: true },
    { header: "worker", isOptional: true },
  ];
  const rows = trials.map((trial) => {
    const record = trialRecord(view.ledger, trial);
    return [
      String(trial.id),
      record.diverged ? "diverged" : record.state,
      ...varied.map((name) => parameterValue(trial.hyperparameters[name])),
      ...(spec.replicates > 1 ? [String(trial.replicate)] : []),
      metricCell(trial, spec.metric.name),
      ...(testMetric === null ? [] : [metricCell(trial, testMetric)]),
      String(record.epochs),
      String(trial.attempts),
      durationCell(view, trial),
      trial.backend ?? "",
      trial.worker ?? "",
    ];
  });
  return renderTable(columns, rows, options);
}

function metricCell(trial: Trial, metric: string): string {
  const value = trial.metrics[metric];
  return value === undefined ? "" : metricValue(value);
}

function durationCell(view: SweepView, trial: Trial): string {
  const { startedAt, endedAt } = view.times(trial.id);
  return startedAt === null || endedAt === null ? "" : spokenTime(endedAt - startedAt);
}
