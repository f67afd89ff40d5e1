/** What a sampler is told of a configuration: what came of its replicates, taken together. */
import type { Observation, ObservedOutcome } from "../../core/domain/observation.ts";
import { lossOf } from "../../core/domain/objective.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { objectivesOf, type SweepSpec } from "../../core/domain/sweep_spec.ts";

type Objectives = Pick<SweepSpec, "metric" | "objectives">;
type Losses = readonly number[];

/** Whether nothing more will happen to the trial now: it is over, or waits at a rung. */
export function isSettled({ state: { status } }: Trial): boolean {
  return status !== "queued" && status !== "running";
}

/**
 * The observation of a configuration, by all its trials; null for none.
 *
 * Losses are means over replicates. Where one was paused or pruned, all are compared at the deepest
 * epoch that every one of them which got anywhere has a rung at; failed and cancelled ones say
 * nothing.
 */
export function observationOf(trials: readonly Trial[], spec: Objectives): Observation | null {
  const [first] = trials;
  if (first === undefined) return null;
  const { configuration, hyperparameters } = first;
  return { configuration, hyperparameters, outcome: outcomeOf(trials, spec) };
}

/** The same of one whose outcome shall not count yet. */
export function pendingObservation(trials: readonly Trial[]): Observation | null {
  const [first] = trials;
  if (first === undefined) return null;
  const { configuration, hyperparameters } = first;
  return { configuration, hyperparameters, outcome: { kind: "pending" } };
}

function outcomeOf(trials: readonly Trial[], spec: Objectives): ObservedOutcome {
  if (!trials.every(isSettled)) return { kind: "pending" };
  const stopped = trials.filter(({ state: { status } }) =>
    status === "paused" || status === "pruned"
  );
  const completed = trials.filter(({ state: { status } }) => status === "completed");
  if (stopped.length > 0) {
    const reached = Math.min(...stopped.map(({ rungs = [] }) => rungs.at(-1)?.epoch ?? 0));
    const losses = [...stopped, ...completed].flatMap((trial) => lossesAt(trial, reached, spec));
    if (losses.length > 0) return { kind: "stopped", losses: meanOf(losses), epoch: reached };
  }
  const ends = completed.flatMap((trial) => lossesOf(trial, spec));
  return ends.length === 0 ? { kind: "failed" } : { kind: "completed", losses: meanOf(ends) };
}

/** At a rung; a trial that diverged on its way there has lost. */
function lossesAt(trial: Trial, epoch: number, spec: Objectives): readonly Losses[] {
  const rung = trial.rungs?.find((one) => one.epoch === epoch);
  if (rung !== undefined) {
    return [objectivesOf(spec).map(({ goal }, i) => lossOf(rung.values[i] ?? null, goal))];
  }
  const { state } = trial;
  const isLost = state.status === "completed" && state.objective.kind === "diverged";
  return isLost ? [objectivesOf(spec).map(() => Infinity)] : [];
}

/** At the end; none where a further objective is not known. */
function lossesOf({ state, metrics }: Trial, spec: Objectives): readonly Losses[] {
  if (state.status !== "completed") return [];
  const { objective } = state;
  const objectives = objectivesOf(spec);
  if (objective.kind === "diverged") return [objectives.map(() => Infinity)];
  const losses: number[] = [];
  for (const [i, { name, goal }] of objectives.entries()) {
    const value = i === 0
      ? objective.value
      : Object.hasOwn(metrics, name)
      ? metrics[name]
      : undefined;
    if (value === undefined) return [];
    losses.push(lossOf(value, goal));
  }
  return [losses];
}

function meanOf(losses: readonly Losses[]): Losses {
  const [first = []] = losses;
  return first.map((_, i) => losses.reduce((sum, one) => sum + (one[i] ?? 0), 0) / losses.length);
}
