/** A sweep's trials, one a row: for the eye, as CSV, and as a JSON object a line. */
import { variedParameters } from "../../core/domain/search_space.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { testMetricOf } from "../../core/views/leaderboard.ts";
import { type TrialRecord, trialRecord } from "../../core/views/trial_record.ts";
import { metricValue, parameterValue, spokenTime } from "../terminal/quantities.ts";
import { csvRecord } from "./csv.ts";
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

/** The records of `trawl export --format jsonl`, each with its line break. */
export function* exportJsonLines(ledger: SweepLedger): Generator<string> {
  for (const trial of ledger.trials) yield `${JSON.stringify(trialRecord(ledger, trial))}\n`;
}

/**
 * The records of `trawl export --format csv`, header first, each with its line break. Names inside
 * `hyperparameters` and `metrics` become columns such as `hyperparameters.lr`.
 */
export function* exportCsv(ledger: SweepLedger): Generator<string> {
  const hyperparameters = namesOf(ledger, (trial) => trial.hyperparameters);
  const metrics = namesOf(ledger, (trial) => trial.metrics);
  yield csvRecord([
    ...LEADING,
    ...hyperparameters.map((name) => `hyperparameters.${name}`),
    ...metrics.map((name) => `metrics.${name}`),
    ...TRAILING,
  ]);
  for (const trial of ledger.trials) {
    const record = trialRecord(ledger, trial);
    yield csvRecord([
      ...LEADING.map((key) => record[key]),
      ...hyperparameters.map((name) => record.hyperparameters[name]),
      ...metrics.map((name) => record.metrics[name]),
      ...TRAILING.map((key) => record[key]),
    ]);
  }
}

type FlatKey = Exclude<keyof TrialRecord, "hyperparameters" | "metrics">;

const LEADING: readonly FlatKey[] = [
  "sweep",
  "trial",
  "configuration",
  "replicate",
  "state",
  "attempts",
  "crashes",
  "lostLeases",
];
const TRAILING: readonly FlatKey[] = [
  "epochs",
  "diverged",
  "failure",
  "failureMessage",
  "worker",
  "backend",
  "pack",
  "lanes",
];

/** All names that some trial has, in the order in which they come up. */
function namesOf(
  ledger: SweepLedger,
  of: (trial: Trial) => Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Set<string>();
  for (const trial of ledger.trials) for (const name of Object.keys(of(trial))) names.add(name);
  return [...names];
}

function metricCell(trial: Trial, metric: string): string {
  const value = trial.metrics[metric];
  return value === undefined ? "" : metricValue(value);
}

function durationCell(view: SweepView, trial: Trial): string {
  const { startedAt, endedAt } = view.times(trial.id);
  return startedAt === null || endedAt === null ? "" : spokenTime(endedAt - startedAt);
}
