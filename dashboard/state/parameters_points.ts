/** The configurations of a sweep as points: replicates taken together, and what has no number yet. */
import type { ConfigurationId } from "../../core/domain/ids.ts";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { type SearchSpace, variedParameters } from "../../core/domain/search_space.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type { ConfigurationPoint } from "../client/parameters/parameters_model.ts";

/** All configurations with a result, best first, then those that were given up. */
export interface ConfigurationPoints {
  readonly space: SearchSpace;
  readonly points: readonly ConfigurationPoint[];
  readonly asked: number;
  /** Configurations without a result so far. */
  readonly open: number;
}

/** The points of a ledger; `ranking` is its leaderboard. */
export function configurationPoints(
  ledger: Pick<SweepLedger, "spec" | "trials">,
  ranking: readonly LeaderboardRow[],
): ConfigurationPoints {
  const space = variedParameters(ledger.spec.parameters);
  const ranked = ranking.map((row): ConfigurationPoint => ({
    configuration: row.configuration,
    trial: row.bestTrial.id,
    values: valuesOf(space, row.bestTrial),
    outcome: row.estimate === null ? "diverged" : "completed",
    mean: row.estimate?.mean ?? null,
    sd: row.estimate?.sd ?? null,
    n: row.completed,
  }));
  const known = new Set(ranking.map(({ configuration }) => configuration));
  const others = unranked(ledger.trials, known);
  const givenUp = [...others.values()].flatMap(({ trial, outcome }): ConfigurationPoint[] =>
    outcome === null ? [] : [{
      configuration: trial.configuration,
      trial: trial.id,
      values: valuesOf(space, trial),
      outcome,
      mean: null,
      sd: null,
      n: 0,
    }]
  );
  return {
    space,
    points: [...byObjective(ranked, ledger), ...givenUp],
    asked: known.size + others.size,
    open: others.size - givenUp.length,
  };
}

interface Unranked {
  readonly trial: Trial;
  readonly outcome: "pruned" | "failed" | null;
}

/** A configuration that has failed once and been pruned once is a failed one. */
function unranked(
  trials: readonly Trial[],
  known: ReadonlySet<ConfigurationId>,
): ReadonlyMap<ConfigurationId, Unranked> {
  const found = new Map<ConfigurationId, Unranked>();
  for (const trial of trials) {
    if (known.has(trial.configuration)) continue;
    const { status } = trial.state;
    const outcome = status === "pruned" || status === "failed" ? status : null;
    const before = found.get(trial.configuration);
    const isMore = outcome !== null && before?.outcome !== "failed" && before?.outcome !== outcome;
    if (before === undefined || isMore) found.set(trial.configuration, { trial, outcome });
  }
  return found;
}

function valuesOf(space: SearchSpace, { hyperparameters }: Trial): (ParameterValue | null)[] {
  return space.map(({ name }) =>
    Object.hasOwn(hyperparameters, name) ? hyperparameters[name] ?? null : null
  );
}

/** The best first; a race ranks those it has dropped behind worse ones. */
function byObjective(
  points: readonly ConfigurationPoint[],
  { spec: { metric } }: Pick<SweepLedger, "spec">,
): readonly ConfigurationPoint[] {
  return points.toSorted((a, b) => loss(a.mean, metric.goal) - loss(b.mean, metric.goal) || 0);
}

/** Smaller is better; the largest number for none, so that two of them differ by 0. */
function loss(mean: number | null, goal: "maximize" | "minimize"): number {
  if (mean === null) return Number.MAX_VALUE;
  return goal === "minimize" ? mean : -mean;
}
