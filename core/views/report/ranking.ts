/** The configurations of a sweep in order, with what may be said of their order. */
import type { Standing } from "../../domain/comparison/standings.ts";
import type { PairedComparison } from "../../domain/comparison/paired_comparison.ts";
import type { SelectionEffect } from "../../domain/comparison/selection_effect.ts";
import type { Hyperparameters } from "../../domain/hyperparameters.ts";
import type { ConfigurationId, TrialId } from "../../domain/ids.ts";
import type { Goal } from "../../domain/objective.ts";
import { variedParameters } from "../../domain/search_space.ts";
import type { Estimate } from "../../domain/statistics.ts";
import type { SweepLedger } from "../../domain/sweep_ledger.ts";
import { conclude } from "../conclusion.ts";
import { estimateMetric, leaderboard, type LeaderboardRow, testMetricOf } from "../leaderboard.ts";

/** One configuration's place. */
export interface RankedRow {
  /** From 1; configurations with equal means share a rank. */
  readonly rank: number;
  readonly configuration: ConfigurationId;
  readonly hyperparameters: Hyperparameters;
  /** The objective over completed replicates; null where one of them diverged. */
  readonly objective: Estimate | null;
  readonly diverged: number;
  readonly completed: number;
  readonly asked: number;
  readonly bestTrial: TrialId;
  /** Whether it cannot be told from the best at the 5 % level; null where nothing was compared. */
  readonly isTied: boolean | null;
  /** The best one minus this one; null for itself and without two common replicates. */
  readonly comparison: PairedComparison | null;
  readonly adjustedP: number | null;
  readonly moreReplicates: number | null;
  /** The test metric over completed replicates; null if it was not measured. */
  readonly test: Estimate | null;
}

/** The ranking. */
export interface Ranking {
  readonly metric: string;
  readonly goal: Goal;
  /** Null: there is none. */
  readonly testMetric: string | null;
  /** The parameters by which configurations differ. */
  readonly varied: readonly string[];
  readonly rows: readonly RankedRow[];
  readonly winner: ConfigurationId | null;
  readonly selection: SelectionEffect | null;
  /** What may be said, a sentence each; empty where there is nothing to compare. */
  readonly sentences: readonly string[];
}

/** Ranks what completed. */
export function rankingOf(ledger: SweepLedger): Ranking {
  const { standings, winner, selection, sentences } = conclude(ledger);
  const standingOf = new Map(standings.map((standing) => [standing.configuration, standing]));
  const testMetric = testMetricOf(ledger.spec);
  const isCompared = sentences.length > 0;
  return {
    metric: ledger.spec.metric.name,
    goal: ledger.spec.metric.goal,
    testMetric,
    varied: variedParameters(ledger.spec.parameters).map(({ name }) => name),
    rows: leaderboard(ledger).map((row) =>
      rankedRow(row, { standing: standingOf.get(row.configuration), testMetric, isCompared })
    ),
    winner,
    selection,
    sentences,
  };
}

function rankedRow(
  row: LeaderboardRow,
  { standing, testMetric, isCompared }: {
    readonly standing: Standing | undefined;
    readonly testMetric: string | null;
    readonly isCompared: boolean;
  },
): RankedRow {
  const diverged = row.trials.filter(({ state }) =>
    state.status === "completed" && state.objective.kind === "diverged"
  );
  return {
    rank: row.rank,
    configuration: row.configuration,
    hyperparameters: row.hyperparameters,
    objective: row.estimate,
    diverged: diverged.length,
    completed: row.completed,
    asked: row.asked,
    bestTrial: row.bestTrial.id,
    isTied: isCompared && standing !== undefined ? standing.isTied : null,
    comparison: standing?.comparison ?? null,
    adjustedP: standing?.adjustedP ?? null,
    moreReplicates: standing?.moreReplicates ?? null,
    test: estimateMetric(row.trials, testMetric),
  };
}
