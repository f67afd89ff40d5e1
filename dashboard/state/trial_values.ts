/** Every value of a trial that a table can be sorted or filtered by. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { type Goal, lossOf } from "../../core/domain/objective.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { TASK_KIND_FACTS } from "../../core/domain/task_kind.ts";
import { testMetricOf } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { ViewMemory } from "./view_memory.ts";
import type { ShownTrialStatus, TrialColumn } from "../client/trials/trials_model.ts";

/** A value; null or undefined where a trial has none. */
export type TrialValue = ParameterValue | null | undefined;
type Getter = (view: SweepView, trial: Trial) => TrialValue;

/** What is known of every trial, by the name that a filter gives it. */
const FIELDS: Readonly<Record<string, Getter>> = {
  trial: (_, { id }) => id,
  configuration: (_, { configuration }) => configuration,
  replicate: (_, { replicate }) => replicate,
  state: (_, trial) => shownStatus(trial),
  trained: (_, trial) => epochsTrained(trial),
  attempts: (_, { attempts }) => attempts,
  worker: (_, { worker }) => worker,
  backend: (_, { backend }) => backend,
  pack: (_, { pack }) => pack,
  seconds: (view, trial) => {
    const duration = durationMs(view, trial);
    return duration === null ? null : duration / 1000;
  },
  "best%": (view, trial) => bestShares(view)[trial.id] ?? null,
};

const shares = new ViewMemory<readonly (number | undefined)[]>(1);

/** Each completed trial's place by the objective in per cent: the best of 50 is at 2. */
function bestShares(view: SweepView): readonly (number | undefined)[] {
  return shares.of(view, "", () => {
    const { trials, spec: { metric } } = view.ledger;
    const losses = trials.flatMap(({ id, state }) =>
      state.status === "completed" && state.objective.kind === "finite"
        ? [{ id, loss: lossOf(state.objective.value, metric.goal) }]
        : []
    ).sort((a, b) => a.loss - b.loss);
    const found: (number | undefined)[] = [];
    let place = 0;
    for (const [index, { id, loss }] of losses.entries()) {
      // Equal ones have the same place.
      if (loss !== losses[index - 1]?.loss) place = index + 1;
      found[id] = 100 * place / losses.length;
    }
    return found;
  });
}

/** What the trial is shown as. */
export function shownStatus({ state }: Trial): ShownTrialStatus {
  return state.status === "completed" && state.objective.kind === "diverged"
    ? "diverged"
    : state.status;
}

/** Epochs that the trial has finished. */
export function epochsTrained({ state, checkpoint }: Trial): number {
  return "epoch" in state ? state.epoch : checkpoint?.epoch ?? 0;
}

/**
 * From the first lease to the end, or to the last news of the sweep; null before the lease, and of
 * one that was pruned.
 */
export function durationMs(view: SweepView, trial: Trial): number | null {
  // Most of it was the wait for others at a rung.
  if (trial.state.status === "pruned") return null;
  const { startedAt, endedAt } = view.times(trial.id);
  return startedAt === null ? null : (endedAt ?? view.updatedAt) - startedAt;
}

/** The objective: the result, or what was reported last; null where it is not finite. */
export function objectiveOf(view: SweepView, { state, metrics }: Trial): number | null {
  if (state.status === "completed") {
    return state.objective.kind === "finite" ? state.objective.value : null;
  }
  return metrics[view.ledger.spec.metric.name] ?? null;
}

/** The columns of a sweep's table. @param metrics What trials have reported. */
export function trialColumns(
  { ledger: { spec } }: SweepView,
  metrics: readonly string[] = [],
): readonly TrialColumn[] {
  const column = (id: string, more: Partial<TrialColumn> = {}): TrialColumn => ({
    id,
    label: id,
    isNumber: true,
    isUsual: true,
    filter: id,
    goal: null,
    ...more,
  });
  const { name: objective, goal } = spec.metric;
  const test = testMetricOf(spec);
  const others = metrics.filter((name) => name !== objective && name !== test);
  return [
    column("trial"),
    column("state", { isNumber: false }),
    column("objective", { label: objective, filter: objective, goal }),
    ...(test === null ? [] : [column("test", { label: test, filter: test, goal: goalOf(test) })]),
    ...variedParameters(spec.parameters).map(({ name }) =>
      column(`p.${name}`, { label: name, filter: name })
    ),
    // Without replicates a configuration is a trial.
    column("configuration", { label: "config.", isUsual: spec.replicates > 1 }),
    ...(spec.replicates > 1 ? [column("replicate", { label: "repl." })] : []),
    ...others.map((name) =>
      column(`m.${name}`, { label: name, filter: name, goal: goalOf(name), isUsual: false })
    ),
    column("trained", { label: "epochs" }),
    column("attempts"),
    column("pack", { label: "pack (lanes)" }),
    column("seconds", { label: "time" }),
    column("worker", { isNumber: false }),
  ];
}

/** Whether a column holds what was measured. */
export function isMeasured({ id }: Pick<TrialColumn, "id">): boolean {
  return id === "objective" || id === "test" || id.startsWith("m.");
}

/** Which way a metric is better, as far as its name tells. */
function goalOf(metric: string): Goal | null {
  for (const { objectives, finals } of Object.values(TASK_KIND_FACTS)) {
    const known = objectives.find(({ name }) => name === metric);
    if (known !== undefined) return known.goal;
    if (finals.includes(metric)) return metric.includes("accuracy") ? "maximize" : "minimize";
  }
  return null;
}

/** The value of a column. @throws {SyntaxError} If the sweep has no such column. */
export function columnGetter(
  view: SweepView,
  id: string,
  metrics: readonly string[] = [],
): (trial: Trial) => TrialValue {
  const columns = trialColumns(view, metrics);
  if (!columns.some((column) => column.id === id)) {
    const known = columns.map((column) => column.id).join(", ");
    throw new SyntaxError(`Cannot sort by "${id.slice(0, 80)}": it must be one of ${known}`);
  }
  if (id === "objective") return (trial) => objectiveOf(view, trial);
  if (id === "test") {
    const metric = testMetricOf(view.ledger.spec);
    return (trial) => metric === null ? undefined : trial.metrics[metric];
  }
  const name = id.slice(2);
  if (id.startsWith("p.")) return (trial) => trial.hyperparameters[name];
  if (id.startsWith("m.")) return (trial) => trial.metrics[name];
  const field = FIELDS[id];
  return (trial) => field?.(view, trial);
}

/** What a filter can name: parameters and metrics first, and then what every trial has. */
export function filterNames(
  { ledger: { spec } }: SweepView,
  metrics: Iterable<string>,
): readonly string[] {
  return [
    ...new Set([
      ...spec.parameters.map(({ name }) => name),
      spec.metric.name,
      ...[...metrics].sort(),
      ...Object.keys(FIELDS),
    ]),
  ];
}

/** Reads what a filter names: of several things with one name the first of `filterNames`. */
export function namedGetter(view: SweepView, name: string): (trial: Trial) => TrialValue {
  const { parameters, metric } = view.ledger.spec;
  if (parameters.some((parameter) => parameter.name === name)) {
    return ({ hyperparameters }) => hyperparameters[name];
  }
  if (name === metric.name) return (trial) => objectiveOf(view, trial);
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  return (trial) => trial.metrics[name] ?? field?.(view, trial);
}

/** Whether a trial's record alone tells a value: its time and its place are told by the sweep. */
export function isOfTrial(name: string): boolean {
  return name !== "seconds" && name !== "best%";
}

/** Numbers before texts; nothing comes last, whatever the direction. */
export function compareValues(a: TrialValue, b: TrialValue, direction: 1 | -1): number {
  const [isA, isB] = [a !== null && a !== undefined, b !== null && b !== undefined];
  if (!isA || !isB) return Number(isB) - Number(isA);
  if (typeof a === "number" && typeof b === "number") return direction * (a - b);
  if (typeof a === "number" || typeof b === "number") {
    return direction * (typeof a === "number" ? -1 : 1);
  }
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : direction * (left < right ? -1 : 1);
}
