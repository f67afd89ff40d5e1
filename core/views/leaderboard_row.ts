/** A line of the leaderboard: a configuration with its replicates taken together. */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { ConfigurationId } from "../domain/ids.ts";
import { compareObjectives, type ObjectiveValue } from "../domain/objective.ts";
import type { DatasetSummary } from "../domain/sweep_event.ts";
import { type Estimate, estimateMean, estimateShare } from "../domain/statistics.ts";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import { type SweepSpec, taskKindOf } from "../domain/sweep_spec.ts";
import { TASK_KIND_FACTS } from "../domain/task_kind.ts";

/** One configuration's place. */
export interface LeaderboardRow {
  /** From 1; configurations with equal objectives share a rank. */
  readonly rank: number;
  readonly configuration: ConfigurationId;
  readonly hyperparameters: Hyperparameters;
  /** The mean over completed replicates; diverged if one of them diverged. */
  readonly objective: ObjectiveValue;
  /** The same with its uncertainty; null when diverged. */
  readonly estimate: Estimate | null;
  /** Completed replicates and those asked for. */
  readonly completed: number;
  readonly asked: number;
  /** Whether a race has told it to be worse: then it ranks behind all that are still in the race. */
  readonly isDropped: boolean;
  /** The completed replicate with the best objective. */
  readonly bestTrial: Trial;
  readonly trials: readonly Trial[];
}

/**
 * The metric of the test set that a sweep's results are shown with, such as `test_accuracy`; null
 * where a module of the user names its own.
 */
export function testMetricOf(spec: SweepSpec): string | null {
  const kind = taskKindOf(spec.task);
  return kind === null ? null : TASK_KIND_FACTS[kind].finals[0] ?? "test_loss";
}

/** The mean of a metric over completed trials that have it; null if none has, or of no metric. */
export function estimateMetric(trials: readonly Trial[], metric: string | null): Estimate | null {
  if (metric === null) return null;
  const values = trials
    .filter((trial) => trial.state.status === "completed")
    .map((trial) => trial.metrics[metric])
    .filter((value) => value !== undefined);
  return values.length === 0 ? null : estimateMean(values);
}

/** A row before it has a place. */
export type UnrankedRow = Omit<LeaderboardRow, "rank">;

/** The row of a configuration's trials; null before one of them has completed. */
export function rowOf(
  ledger: SweepLedger,
  { trials, dropped }: {
    readonly trials: readonly Trial[];
    readonly dropped: ReadonlySet<ConfigurationId>;
  },
): UnrankedRow | null {
  const goal = ledger.spec.metric.goal;
  const results = trials
    .flatMap((trial) =>
      trial.state.status === "completed" ? [{ trial, objective: trial.state.objective }] : []
    )
    .sort((a, b) => compareObjectives(a.objective, b.objective, goal));
  const best = results[0];
  if (best === undefined) return null;
  const values = results.flatMap(({ objective }) =>
    objective.kind === "finite" ? [objective.value] : []
  );
  const estimate = values.length < results.length
    ? null
    : estimateObjective(values, ledger.spec.metric.name, ledger.dataset);
  return {
    configuration: best.trial.configuration,
    hyperparameters: best.trial.hyperparameters,
    objective: estimate === null ? { kind: "diverged" } : { kind: "finite", value: estimate.mean },
    estimate,
    completed: results.length,
    asked: trials.length,
    isDropped: dropped.has(best.trial.configuration),
    bestTrial: best.trial,
    trials,
  };
}

/** Replicates tell how runs differ; a single run can only tell how well its share is known. */
function estimateObjective(
  values: readonly number[],
  metric: string,
  dataset: DatasetSummary,
): Estimate {
  const [value] = values;
  // Whatever a worker calls an accuracy is shown; an interval needs a share.
  if (values.length === 1 && value !== undefined && value >= 0 && value <= 1) {
    const { validationExamples, testExamples } = dataset;
    // A module of the user may call its metrics so, and has examples that nobody else counts.
    if (metric === "val_accuracy" && validationExamples > 0) {
      return estimateShare(value, validationExamples);
    }
    if (metric === "test_accuracy" && testExamples > 0) return estimateShare(value, testExamples);
  }
  return estimateMean(values);
}
