/** Which learning curves are drawn: the best configurations' and those of running trials. */
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { CurveRef, CurveSelection, CurveSeries } from "../client/model.ts";
import { formatValue } from "../client/parts/format.ts";
import { thinned } from "./curve_thinning.ts";

/** Curves of the best configurations. */
const TOP = 8;
/** Curves of running trials: those whose packs were leased first. */
const RUNNING = 16;
/** A curve is never thinned below so many points. */
const LEAST = 60;

/** The running trials that are drawn; a function of the journal's prefix alone. */
export function runningTrials(ledger: SweepLedger): ReadonlySet<TrialId> {
  const trials = new Set<TrialId>();
  for (const pack of ledger.leasedPacks) {
    for (const id of ledger.pack(pack).trials) {
      if (trials.size === RUNNING) return trials;
      if (ledger.trial(id).state.status === "running") trials.add(id);
    }
  }
  return trials;
}

/** The curves to draw, best first, then the running ones. */
export function curveSelection(
  view: SweepView,
  ranking: readonly LeaderboardRow[],
): CurveSelection {
  const { ledger } = view;
  const best: readonly CurveRef[] = ranking.slice(0, TOP).map((row) => ({
    trial: row.bestTrial.id,
    rank: row.rank,
    label: trialLabel(ledger, row.bestTrial),
  }));
  const running: readonly CurveRef[] = [...runningTrials(ledger)].map((id) => ({
    trial: id,
    rank: null,
    label: trialLabel(ledger, ledger.trial(id)),
  }));
  const curves = [...best, ...running];
  return {
    curves,
    ranked: ranking.length,
    running: ledger.counts.running,
    metrics: metricNames(view, curves.map(({ trial }) => parseTrialId(trial))),
  };
}

/**
 * The points of some trials' curves in one metric.
 * @param options.most How many points all curves together may have, about; longer ones are thinned.
 * Absent: there is no limit.
 */
export function curveSeries(
  view: SweepView,
  { metric, trials, most }: {
    readonly metric: string;
    readonly trials: readonly TrialId[];
    readonly most?: number | undefined;
  },
): readonly CurveSeries[] {
  const share = most === undefined ? Infinity : Math.max(LEAST, Math.floor(most / trials.length));
  return trials.map((trial) => {
    const points = view.curve(trial).samples(metric)
      .map(({ epoch, value }) => [epoch, value] as const);
    const drawn = thinned(points, share);
    return { trial, reported: points.length, points: drawn };
  });
}

/** The varied parameters of a trial in one line. */
export function trialLabel(ledger: SweepLedger, trial: Trial): string {
  const settings = variedParameters(ledger.spec.parameters).map(({ name }) =>
    `${name} ${formatValue(trial.hyperparameters[name] ?? "–")}`
  );
  const replicate = ledger.spec.replicates > 1 ? [`replicate ${trial.replicate}`] : [];
  return [`trial ${trial.id}`, ...settings, ...replicate].join(" · ");
}

/** The objective first, then the rest by name. */
export function metricNames(
  view: SweepView,
  trials: readonly TrialId[],
): readonly string[] {
  const names = new Set<string>();
  for (const trial of trials) {
    for (const name of Object.keys(view.curve(trial).lastMetrics ?? {})) names.add(name);
  }
  const objective = view.ledger.spec.metric.name;
  names.delete(objective);
  return [objective, ...[...names].sort()];
}
