/** What a trial has reached at a rung: its objectives there, out of what its worker reported. */
import { lossOf } from "../../core/domain/objective.ts";
import type { LaneReport, Metrics, RungValue } from "../../core/domain/sweep_event.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { objectivesOf, type SweepSpec } from "../../core/domain/sweep_spec.ts";
import type { ScheduledTrial } from "../schedulers/scheduler.ts";

type Objectives = Pick<SweepSpec, "metric" | "objectives">;

/** The objectives of a trial, or the name of one that was not reported. */
export type FoundObjectives =
  | { readonly kind: "values"; readonly values: readonly (number | null)[] }
  | { readonly kind: "missing"; readonly name: string };

/** The objectives among reported metrics, in their order. */
export function objectivesIn(metrics: Metrics, spec: Objectives): FoundObjectives {
  const values: number[] = [];
  for (const { name } of objectivesOf(spec)) {
    const value = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
    if (value === undefined) return { kind: "missing", name };
    values.push(value);
  }
  return { kind: "values", values };
}

/** The same of a lane's report; what diverged has no finite one. */
export function objectivesAt(lane: LaneReport, spec: Objectives): FoundObjectives {
  if (lane.kind === "measured") return objectivesIn(lane.metrics, spec);
  return { kind: "values", values: objectivesOf(spec).map(() => null) };
}

/** A trial as schedulers see it, with further rungs that it has just reached. */
export function scheduledTrial(
  trial: Trial,
  { spec, reached = [] }: { readonly spec: Objectives; readonly reached?: readonly RungValue[] },
): ScheduledTrial {
  const goals = objectivesOf(spec).map(({ goal }) => goal);
  const rungs = [...trial.rungs ?? [], ...reached].map(({ epoch, values }) => ({
    epoch,
    losses: goals.map((goal, i) => lossOf(values[i] ?? null, goal)),
  }));
  return {
    trial: trial.id,
    status: trial.state.status,
    bracket: trial.bracket ?? 0,
    hyperparameters: trial.hyperparameters,
    rungs,
  };
}
