/** A trial as its own page shows it. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { TrialLines } from "../../core/views/trial_log.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { PAGE_POINTS } from "../client/curves/page_points.ts";
import { formatNumber, formatSetting } from "../client/parts/format.ts";
import type { CurveRef, Setting } from "../client/model.ts";
import type { TrialCurves, TrialSnapshot } from "../client/trial/trial_model.ts";
import type { TrialQuery } from "../client/trial/trial_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { curveSeries, trialLabel } from "./curve_selection.ts";
import { trialLog } from "./event_page.ts";
import { resultView, type Stored } from "./result_view.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { describeProposal } from "./proposal_words.ts";
import { trialTimeline } from "./trial_timeline.ts";
import { workerLog } from "./worker_log.ts";
import { trialRow } from "./trial_row.ts";

/** Curves of other replicates that are drawn. */
const DRAWN_OTHERS = 7;
/** Lines of the journal that are shown. */
const LOG_LINES = 12;
/** Other trials that are listed. */
const LISTED = 40;

/** The page at the journal's present end. @throws {SyntaxError} If a choice cannot be made. */
export function trialSnapshot(
  live: LiveSweep,
  trial: Trial,
  { now, query, stored, lines }: {
    readonly now: number;
    readonly query: TrialQuery;
    readonly stored: Stored;
    readonly lines: TrialLines;
  },
): TrialSnapshot {
  const { view } = live;
  const { ledger } = view;
  const { state } = trial;
  const others = ledger.trials.filter(({ configuration, id }) =>
    configuration === trial.configuration && id !== trial.id
  );
  const mates = trial.pack === null
    ? []
    : ledger.pack(trial.pack).trials.filter((id) => id !== trial.id);
  return {
    ...sweepSnapshot(live, { now }),
    query,
    row: trialRow(view, trial),
    backend: trial.backend,
    settings: Object.entries(trial.hyperparameters)
      .map(([name, value]) => ({ name, value: formatSetting(value), exact: String(value) })),
    metrics: settingsOf(trial.metrics, formatNumber),
    timeline: trialTimeline(live.histories.of(trial.id), { trial: trial.id, spec: ledger.spec }),
    why: whyOf(trial),
    failure: state.status === "failed" ? state.reason : null,
    log: trialLog(live, { trial: trial.id, most: LOG_LINES }),
    workerLog: workerLog(trial, lines),
    packMates: mates.slice(0, LISTED),
    replicates: others.slice(0, LISTED).map(({ id }) => id),
    previous: trial.id > 0 ? trial.id - 1 : null,
    next: trial.id + 1 < ledger.trials.length ? trial.id + 1 : null,
    curves: curvesOf(view, { trial, others, metric: query.metric }),
    result: resultView(trial, { stored, query, sweep: view.id }),
    hasModel: stored.hasModel,
  };
}

function settingsOf<Value>(
  values: Readonly<Record<string, Value>>,
  format: (value: Value) => string,
): readonly Setting[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: format(value) }));
}

function whyOf({ proposal, bracket, target, rungs }: Trial): readonly Setting[] {
  return [
    ...(proposal === undefined ? [] : [{ name: "chosen", value: describeProposal(proposal) }]),
    ...(bracket === undefined ? [] : [{ name: "bracket", value: String(bracket) }]),
    ...(target === undefined ? [] : [{ name: "trains until epoch", value: String(target) }]),
    ...(rungs ?? []).map(({ epoch, values }) => ({
      name: `rung at epoch ${epoch}`,
      value: values.map((value) => value === null ? "not finite" : formatNumber(value)).join(", "),
    })),
  ];
}

function curvesOf(
  view: SweepView,
  { trial, others, metric }: {
    readonly trial: Trial;
    readonly others: readonly Trial[];
    readonly metric: string | null;
  },
): TrialCurves {
  const objective = view.ledger.spec.metric.name;
  const names = new Set([objective, ...view.curve(trial.id).metricNames]);
  const drawn = [trial, ...others.slice(0, DRAWN_OTHERS)];
  const curves = drawn.map((one): CurveRef => ({
    trial: one.id,
    // Others are drawn as running ones are: thin and dashed, so that this one stands out.
    rank: one === trial ? 1 : null,
    label: one === trial ? "this trial" : trialLabel(view.ledger, one),
  }));
  const chosen = metric ?? objective;
  return {
    metric: chosen,
    metrics: [...names],
    curves,
    series: curveSeries(view, {
      metric: chosen,
      trials: drawn.map(({ id }) => id),
      most: PAGE_POINTS,
    }),
    others: others.length,
  };
}
