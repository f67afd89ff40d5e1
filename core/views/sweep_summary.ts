/** A sweep in one line: what `--json` ends with and `trawl ls` lists. */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { ConfigurationId, SweepId, TrialId, WorkerId } from "../domain/ids.ts";
import type { Interval } from "../domain/statistics.ts";
import type { SweepStatus } from "../domain/sweep.ts";
import type { LedgerCounts } from "../domain/sweep_ledger.ts";
import { workedMs } from "../domain/sweep_times.ts";
import type { SelectionEffect } from "../domain/comparison/selection_effect.ts";
import { conclude, type Conclusion, tiedWithBest } from "./conclusion.ts";
import { estimateMetric, leaderboard, testMetricOf } from "./leaderboard.ts";
import type { SweepView } from "./sweep_view.ts";

/** The best configuration so far. */
export interface BestSummary {
  readonly configuration: ConfigurationId;
  /** The other configurations that cannot be told from it, best first; none where nothing is compared. */
  readonly tied: readonly ConfigurationId[];
  /** The best of its completed replicates. */
  readonly trial: TrialId;
  readonly hyperparameters: Hyperparameters;
  /** The mean over completed replicates; null when diverged. */
  readonly objective: number | null;
  readonly ci95: Interval | null;
  readonly replicates: number;
  /** Mean, sample standard deviation and n on the test set, of the metric named; null if none. */
  readonly test: TestSummary | null;
}

/** How the best configuration does on examples that chose nothing. */
export interface TestSummary {
  readonly metric: string;
  readonly mean: number;
  readonly sd: number | null;
  readonly n: number;
}

/** The last line of `--json`. */
export interface SweepSummary {
  readonly type: "summary";
  readonly sweep: SweepId;
  readonly name: string;
  readonly state: SweepStatus;
  readonly trials: LedgerCounts;
  readonly best: BestSummary | null;
  /** The configuration that is told from every other; null if there is none. */
  readonly winner: ConfigurationId | null;
  /** What the ranking allows to be said, a sentence each. */
  readonly conclusion: readonly string[];
  /** How much of the best mean is owed to its having been picked; null where that cannot be told. */
  readonly selection: SelectionEffect | null;
  /** Workers that get no more packs of the sweep, and why. */
  readonly quarantined: readonly { readonly worker: WorkerId; readonly message: string }[];
  /** From its creation to its end or last entry, without the time when nobody coordinated it. */
  readonly wallMs: number;
  /** Optimizer steps of lanes per second of wall time, failed attempts included. */
  readonly laneStepsPerSecond: number;
}

/** The summary of a sweep as of its last journal entry. */
export function sweepSummary(view: SweepView): SweepSummary {
  const wallMs = workedMs(view.sweepTimes);
  const conclusion = conclude(view.ledger);
  return {
    type: "summary",
    sweep: view.id,
    name: view.ledger.spec.name,
    state: view.ledger.status,
    trials: view.ledger.counts,
    best: bestSummary(view, conclusion),
    winner: conclusion.winner,
    conclusion: conclusion.sentences,
    selection: conclusion.selection,
    quarantined: [...view.ledger.quarantine.reasons].map(([worker, message]) => ({
      worker,
      message,
    })),
    wallMs,
    laneStepsPerSecond: wallMs === 0 ? 0 : Math.round(1000 * view.laneSteps / wallMs),
  };
}

function bestSummary(view: SweepView, conclusion: Conclusion): BestSummary | null {
  const [row] = leaderboard(view.ledger);
  if (row === undefined) return null;
  const metric = testMetricOf(view.ledger.spec);
  const test = estimateMetric(row.trials, metric);
  return {
    configuration: row.configuration,
    tied: [...tiedWithBest(conclusion)].filter((tied) => tied !== row.configuration),
    trial: row.bestTrial.id,
    hyperparameters: row.hyperparameters,
    objective: row.estimate?.mean ?? null,
    ci95: row.estimate?.ci95 ?? null,
    replicates: row.completed,
    test: test === null || metric === null
      ? null
      : { metric, mean: test.mean, sd: test.sd, n: test.n },
  };
}
