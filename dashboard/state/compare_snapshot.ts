/** Trials side by side, as the Compare page shows them. */
import { parseTrialId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type {
  ComparedRow,
  CompareSnapshot,
  ConfusionChange,
} from "../client/compare/compare_model.ts";
import { type CompareQuery, MOST_COMPARED } from "../client/compare/compare_query.ts";
import { PAGE_POINTS } from "../client/curves/page_points.ts";
import { formatNumber, formatSigned, formatValue } from "../client/parts/format.ts";
import type { TrialCurves } from "../client/trial/trial_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { AbsentError } from "../problem.ts";
import { curveSeries, trialLabel } from "./curve_selection.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { objectiveOf } from "./trial_values.ts";
import { trialRow } from "./trial_row.ts";

/** Stands where a trial has no such value. */
const NOTHING = "–";

/** The comparison at the journal's present end. @throws {AbsentError} If there is no such trial. */
export function compareSnapshot(
  live: LiveSweep,
  query: CompareQuery,
  { now, confusion }: { readonly now: number; readonly confusion: ConfusionChange | null },
): CompareSnapshot {
  const { view } = live;
  const trials = comparedTrials(view, query);
  const parameters = parameterRows(trials);
  return {
    ...sweepSnapshot(live, { now }),
    query,
    trials: trials.map((trial) => trialRow(view, trial)),
    different: parameters.filter(({ exact }) => new Set(exact).size > 1),
    equal: parameters.filter(({ exact }) => new Set(exact).size === 1),
    metrics: metricRows(view, trials),
    curves: curvesOf(view, trials, query.metric),
    confusion,
  };
}

/** The trials that stand side by side. @throws {AbsentError} If there is no such trial. */
export function comparedTrials(view: SweepView, query: CompareQuery): readonly Trial[] {
  return query.trials.map((number) => trialIn(view, number)).slice(0, MOST_COMPARED);
}

function trialIn({ ledger }: SweepView, number: number): Trial {
  if (number < ledger.trials.length) return ledger.trial(parseTrialId(number));
  throw new AbsentError(
    `Cannot find trial ${number} of sweep "${ledger.id}": it has ${ledger.trials.length}, from 0`,
  );
}

function parameterRows(trials: readonly Trial[]): readonly ComparedRow[] {
  return namesOf(trials, ({ hyperparameters }) => hyperparameters).map((name) => ({
    name,
    values: trials.map(({ hyperparameters }) => formatValue(hyperparameters[name] ?? NOTHING)),
    exact: trials.map(({ hyperparameters }) => String(hyperparameters[name] ?? NOTHING)),
    deltas: trials.map(() => null),
    best: [],
  }));
}

function metricRows(view: SweepView, trials: readonly Trial[]): readonly ComparedRow[] {
  const objective = view.ledger.spec.metric.name;
  const others = namesOf(trials, ({ metrics }) => metrics).filter((name) => name !== objective);
  const row = (name: string, values: readonly (number | null)[]): ComparedRow => ({
    name,
    values: values.map((value) => value === null ? NOTHING : formatNumber(value)),
    exact: values.map((value) => value === null ? NOTHING : String(value)),
    deltas: values.map((value, index) => deltaText(values[0] ?? null, index === 0 ? null : value)),
    best: name === objective ? bestOf(view, values) : [],
  });
  return [
    row(objective, trials.map((trial) => objectiveOf(view, trial))),
    ...others.map((name) => row(name, trials.map(({ metrics }) => metrics[name] ?? null))),
  ];
}

function deltaText(first: number | null, value: number | null): string | null {
  return first === null || value === null ? null : formatSigned(value - first);
}

/** The places of the best values; none where there is nothing to be better than. */
function bestOf(
  { ledger: { spec } }: SweepView,
  values: readonly (number | null)[],
): readonly number[] {
  const known = values.filter((value) => value !== null);
  if (new Set(known).size < 2) return [];
  const best = spec.metric.goal === "maximize" ? Math.max(...known) : Math.min(...known);
  return values.flatMap((value, index) => value === best ? [index] : []);
}

function curvesOf(
  view: SweepView,
  trials: readonly Trial[],
  metric: string | null,
): TrialCurves {
  const chosen = metric ?? view.ledger.spec.metric.name;
  const names = new Set([view.ledger.spec.metric.name]);
  for (const { id } of trials) {
    for (const name of Object.keys(view.curve(id).lastMetrics ?? {})) names.add(name);
  }
  return {
    metric: chosen,
    metrics: [...names],
    curves: trials.map((trial, index) => ({
      trial: trial.id,
      rank: index + 1,
      label: trialLabel(view.ledger, trial),
    })),
    series: curveSeries(view, {
      metric: chosen,
      trials: trials.map(({ id }) => id),
      most: PAGE_POINTS,
    }),
    others: 0,
  };
}

function namesOf(
  trials: readonly Trial[],
  of: (trial: Trial) => Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set(trials.flatMap((trial) => Object.keys(of(trial))))];
}
