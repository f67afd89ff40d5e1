/** The configurations of a sweep as points: replicates taken together, and what has no number yet. */
import type { ConfigurationId } from "../../core/domain/ids.ts";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { type SearchSpace, variedParameters } from "../../core/domain/search_space.ts";
import type { Goal, ObjectiveMetric } from "../../core/domain/objective.ts";
import { estimateMean } from "../../core/domain/statistics.ts";
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

/** The points of a ledger by its first objective; `ranking` is its leaderboard. */
export function configurationPoints(
  ledger: Pick<SweepLedger, "spec" | "trials">,
  ranking: readonly LeaderboardRow[],
): ConfigurationPoints {
  const { metric, parameters } = ledger.spec;
  const space = variedParameters(parameters);
  const valuesOf = valuesReader(space);
  const ranked = ranking.map((row): ConfigurationPoint => ({
    configuration: row.configuration,
    trial: row.bestTrial.id,
    values: valuesOf(row.bestTrial),
    outcome: row.estimate === null ? "diverged" : "completed",
    mean: row.estimate?.mean ?? null,
    sd: row.estimate?.sd ?? null,
    n: row.completed,
  }));
  return withGivenUp(ledger, { space, ranked, goal: metric.goal });
}

/** The points of a ledger by any metric that its trials end with, such as a further objective. */
export function configurationPointsBy(
  ledger: Pick<SweepLedger, "spec" | "trials">,
  { name, goal }: ObjectiveMetric,
): ConfigurationPoints {
  const space = variedParameters(ledger.spec.parameters);
  const valuesOf = valuesReader(space);
  const completed = ledger.trials.filter(({ state }) => state.status === "completed");
  const groups = Map.groupBy(completed, ({ configuration }) => configuration);
  const ranked = [...groups].flatMap(([configuration, trials]): ConfigurationPoint[] => {
    const sorted = trials.map((trial) => ({ trial, value: finalOf(trial, name) }))
      .sort((a, b) => loss(a.value, goal) - loss(b.value, goal) || a.trial.id - b.trial.id);
    const values = sorted.flatMap(({ value }) => value === null ? [] : [value]);
    const [best] = sorted;
    if (best === undefined) return [];
    // As everywhere: one replicate that diverged makes its configuration a diverged one.
    const estimate = values.length < sorted.length ? null : estimateMean(values);
    return [{
      configuration,
      trial: best.trial.id,
      values: valuesOf(best.trial),
      outcome: estimate === null ? "diverged" : "completed",
      mean: estimate?.mean ?? null,
      sd: estimate?.sd ?? null,
      n: sorted.length,
    }];
  });
  return withGivenUp(ledger, { space, ranked, goal });
}

function finalOf({ state, metrics }: Trial, name: string): number | null {
  const isDiverged = state.status === "completed" && state.objective.kind === "diverged";
  const value = isDiverged ? NaN : metrics[name] ?? NaN;
  return Number.isFinite(value) ? value : null;
}

function withGivenUp(
  ledger: Pick<SweepLedger, "trials">,
  { space, ranked, goal }: {
    readonly space: SearchSpace;
    readonly ranked: readonly ConfigurationPoint[];
    readonly goal: Goal;
  },
): ConfigurationPoints {
  const valuesOf = valuesReader(space);
  const known = new Set(ranked.map(({ configuration }) => configuration));
  const others = unranked(ledger.trials, known);
  const givenUp = [...others.values()].flatMap(({ trial, outcome }): ConfigurationPoint[] =>
    outcome === null ? [] : [{
      configuration: trial.configuration,
      trial: trial.id,
      values: valuesOf(trial),
      outcome,
      mean: null,
      sd: null,
      n: 0,
    }]
  );
  return {
    space,
    // A race ranks those it has dropped behind worse ones.
    points: [
      ...ranked.toSorted((a, b) => loss(a.mean, goal) - loss(b.mean, goal) || 0),
      ...givenUp,
    ],
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
  known: ReadonlySet<number>,
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

/** Reads the values of a space; `toString` is no parameter, though every object has one. */
function valuesReader(space: SearchSpace): (trial: Trial) => (ParameterValue | null)[] {
  const columns = space.map(({ name }) => ({ name, isInherited: name in Object.prototype }));
  return ({ hyperparameters }) =>
    columns.map(({ name, isInherited }) =>
      isInherited && !Object.hasOwn(hyperparameters, name) ? null : hyperparameters[name] ?? null
    );
}

/** Smaller is better; the largest number for none, so that two of them differ by 0. */
function loss(mean: number | null, goal: Goal): number {
  if (mean === null) return Number.MAX_VALUE;
  return goal === "minimize" ? mean : -mean;
}
