/** A sweep's trials for other programs: as CSV, and as a JSON object a line. */
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import { csvRecord, type CsvValue } from "./csv.ts";
import { type TrialRecord, trialRecord } from "./trial_record.ts";

/** The records of `trawl export --format jsonl`, each with its line break. */
export function* exportJsonLines(
  ledger: SweepLedger,
  trials: readonly Trial[] = ledger.trials,
): Generator<string> {
  for (const trial of trials) yield `${JSON.stringify(trialRecord(ledger, trial))}\n`;
}

/** A column of a table of trials. */
export interface ExportColumn {
  readonly name: string;
  readonly valueOf: (record: TrialRecord) => CsvValue;
}

/**
 * The columns of a table of some trials. Names inside `hyperparameters` and `metrics` become columns
 * such as `hyperparameters.lr`.
 */
export function exportColumns(trials: readonly Trial[]): readonly ExportColumn[] {
  const flat = (key: FlatKey): ExportColumn => ({ name: key, valueOf: (record) => record[key] });
  return [
    ...LEADING.map(flat),
    ...namesOf(trials, (trial) => trial.hyperparameters).map((name): ExportColumn => ({
      name: `hyperparameters.${name}`,
      valueOf: ({ hyperparameters }) => hyperparameters[name],
    })),
    ...namesOf(trials, (trial) => trial.metrics).map((name): ExportColumn => ({
      name: `metrics.${name}`,
      valueOf: ({ metrics }) => metrics[name],
    })),
    ...TRAILING.map(flat),
  ];
}

/** The records of `trawl export --format csv`, header first, each with its line break. */
export function* exportCsv(
  ledger: SweepLedger,
  trials: readonly Trial[] = ledger.trials,
): Generator<string> {
  const columns = exportColumns(trials);
  yield csvRecord(columns.map(({ name }) => name));
  for (const trial of trials) {
    const record = trialRecord(ledger, trial);
    yield csvRecord(columns.map(({ valueOf }) => valueOf(record)));
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
  trials: readonly Trial[],
  of: (trial: Trial) => Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Set<string>();
  for (const trial of trials) for (const name of Object.keys(of(trial))) names.add(name);
  return [...names];
}
