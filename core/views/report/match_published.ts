/** Which of our configurations a published experiment is held against. */
import type { ParameterValue } from "../../domain/hyperparameters.ts";
import { canonicalText, type Hyperparameters } from "../../domain/hyperparameters.ts";
import { MLP_PARAMETERS } from "../../domain/mlp_parameters.ts";
import { leaderboard, type LeaderboardRow } from "../leaderboard.ts";
import type { SweepView } from "../sweep_view.ts";
import type { Published, PublishedExperiment } from "./published.ts";

/** A configuration of one of the sweeps. */
export interface Candidate {
  readonly view: SweepView;
  readonly row: LeaderboardRow;
}

/** The experiment that the others are changes of: the one of that name, else the first. */
export function baselineOf({ experiments }: Published): PublishedExperiment | undefined {
  return experiments.find(({ name }) => name === "baseline") ?? experiments[0];
}

/**
 * The configurations with completed trials that may be held against the publication, each once. The
 * same configuration with the same seeds gives the same results in each sweep, so two sweeps of it
 * are no more evidence than one: the one with more replicates stands, of equals the first.
 */
export function candidatesOf(
  views: readonly SweepView[],
  { support }: Published,
): readonly Candidate[] {
  const best = new Map<string, Candidate>();
  for (const view of views) {
    const { dataset } = view.ledger;
    const isSameSize = (support.test === null || support.test === dataset.testExamples) &&
      (support.train === null || support.train === dataset.trainExamples);
    if (!isSameSize) continue;
    for (const row of leaderboard(view.ledger)) {
      const key = `${dataset.digest} ${canonicalText(withDefaults(row.hyperparameters))}`;
      const known = best.get(key);
      if (known === undefined || known.row.completed < row.completed) best.set(key, { view, row });
    }
  }
  return [...best.values()];
}

/**
 * The candidates that an experiment describes. Stated parameters must be equal; null must differ
 * from the baseline; what is not stated is the baseline's where any candidate has that, else anything.
 */
export function matchesOf(
  { parameters }: PublishedExperiment,
  { candidates, baseline }: {
    readonly candidates: readonly Candidate[];
    readonly baseline: PublishedExperiment | undefined;
  },
): readonly Candidate[] {
  let found = candidates.filter(({ row }) => fits(row.hyperparameters, parameters, baseline));
  for (const [name, value] of Object.entries(baseline?.parameters ?? {})) {
    if (value === null || Object.hasOwn(parameters, name)) continue;
    const alike = found.filter(({ row }) => valueOf(row.hyperparameters, name) === value);
    if (alike.length > 0) found = alike;
  }
  return found;
}

function fits(
  hyperparameters: Hyperparameters,
  stated: PublishedExperiment["parameters"],
  baseline: PublishedExperiment | undefined,
): boolean {
  return Object.entries(stated).every(([name, value]) => {
    const ours = valueOf(hyperparameters, name);
    return value === null ? ours !== (baseline?.parameters[name] ?? null) : ours === value;
  });
}

function valueOf(hyperparameters: Hyperparameters, name: string): ParameterValue | null {
  return hyperparameters[name] ?? MLP_PARAMETERS[name]?.default ?? null;
}

function withDefaults(hyperparameters: Hyperparameters): Hyperparameters {
  const names = Object.keys(MLP_PARAMETERS);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(hyperparameters, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
