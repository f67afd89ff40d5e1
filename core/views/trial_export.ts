/** A sweep's trials for other programs: as CSV, and as a JSON object a line. */
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import { csvRecord } from "./csv.ts";
import { type TrialRecord, trialRecord } from "./trial_record.ts";

/** The records of `trawl export --format jsonl`, each with its line break. */
export function* exportJsonLines(
  ledger: SweepLedger,
  trials: readonly Trial[] = ledger.trials,
): Generator<string> {
  for (const trial of trials) yield `${JSON.stringify(trialRecord(ledger, trial))}\n`;
}

/**
 * The records of `trawl export --format csv`, header first, each with its line break. Names inside
 * `hyperparameters` and `metrics` become columns such as `hyperparameters.lr`.
 */
export function* exportCsv(
  ledger: SweepLedger,
  trials: readonly Trial[] = ledger.trials,
): Generator<string> {
  const hyperparameters = namesOf(trials, (trial) => trial.hyperparameters);
  const metrics = namesOf(trials, (trial) => trial.metrics);
  yield csvRecord([
    ...LEADING,
    ...hyperparameters.map((name) => `hyperparameters.${name}`),
    ...metrics.map((name) => `metrics.${name}`),
    ...TRAILING,
  ]);
  for (const trial of trials) {
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
  trials: readonly Trial[],
  of: (trial: Trial) => Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Set<string>();
  for (const trial of trials) for (const name of Object.keys(of(trial))) names.add(name);
  return [...names];
}
