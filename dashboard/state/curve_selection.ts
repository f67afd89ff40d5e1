/**
 * Which learning curves are drawn: the best configurations' and those of running trials; early in a
 * search, where little is ranked yet, those of paused ones too.
 */
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { compareObjectives, type Goal, lossOf } from "../../core/domain/objective.ts";
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

/** The running trials that are drawn; a function of the journal's prefix, and of a filter, alone. */
export function runningTrials(
  ledger: SweepLedger,
  mask: Uint8Array | null = null,
): ReadonlySet<TrialId> {
  const trials = new Set<TrialId>();
  for (const pack of ledger.leasedPacks) {
    for (const id of ledger.pack(pack).trials) {
      if (trials.size === RUNNING) return trials;
      if (mask !== null && mask[id] !== 1) continue;
      if (ledger.trial(id).state.status === "running") trials.add(id);
    }
  }
  return trials;
}

/** Trials that wait at a rung, and that the filter lets through: the furthest first, then the best. */
export function pausedTrials(view: SweepView, mask: Uint8Array | null = null): readonly Trial[] {
  const { ledger } = view;
  if (ledger.counts.paused === 0) return [];
  const { name, goal } = ledger.spec.metric;
  return ledger.trials.flatMap((trial) => {
    if (trial.state.status !== "paused" || mask !== null && mask[trial.id] !== 1) return [];
    const loss = lossOf(view.curve(trial.id).lastMetrics?.[name] ?? null, goal);
    return [{ trial, epoch: trial.state.epoch, loss }];
  }).sort((a, b) => b.epoch - a.epoch || compareLosses(a.loss, b.loss) || a.trial.id - b.trial.id)
    .map(({ trial }) => trial);
}

/** As numbers compare, with two infinite ones equal. */
function compareLosses(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function countRunning(ledger: SweepLedger, mask: Uint8Array): number {
  return ledger.trials.reduce(
    (sum, { id, state }) => sum + (mask[id] === 1 && state.status === "running" ? 1 : 0),
    0,
  );
}

/** Of a configuration's completed trials the best that the filter lets through; null: none. */
function bestShown(
  { bestTrial, trials }: LeaderboardRow,
  { mask, goal }: { readonly mask: Uint8Array; readonly goal: Goal },
): Trial | null {
  if (mask[bestTrial.id] === 1) return bestTrial;
  const shown = trials.flatMap((trial) =>
    mask[trial.id] === 1 && trial.state.status === "completed"
      ? [{ trial, objective: trial.state.objective }]
      : []
  );
  shown.sort((a, b) => compareObjectives(a.objective, b.objective, goal));
  return shown[0]?.trial ?? null;
}

/**
 * The curves to draw, best first, then the running ones, then paused ones as far as fewer are ranked
 * than there is room for.
 * @param mask 1 for each trial that a filter lets through; null: all.
 */
export function curveSelection(
  view: SweepView,
  ranking: readonly LeaderboardRow[],
  mask: Uint8Array | null = null,
): CurveSelection {
  const { ledger } = view;
  const ranked = mask === null
    ? ranking.map(({ rank, bestTrial }) => ({ rank, trial: bestTrial }))
    : ranking.flatMap((row) => {
      const trial = bestShown(row, { mask, goal: ledger.spec.metric.goal });
      return trial === null ? [] : [{ rank: row.rank, trial }];
    });
  const best = ranked.slice(0, TOP).map(({ rank, trial }): CurveRef => ({
    trial: trial.id,
    rank,
    label: trialLabel(ledger, trial),
  }));
  const running = [...runningTrials(ledger, mask)].map((id): CurveRef => ({
    trial: id,
    rank: null,
    label: trialLabel(ledger, ledger.trial(id)),
  }));
  const paused = pausedTrials(view, mask);
  const waiting = paused.slice(0, TOP - best.length).map((trial): CurveRef => ({
    trial: trial.id,
    rank: null,
    isPaused: true,
    label: trialLabel(ledger, trial),
  }));
  const curves = [...best, ...running, ...waiting];
  const all = { ranked: ranking.length, running: ledger.counts.running };
  const shown = mask === null
    ? all
    : { ranked: ranked.length, running: countRunning(ledger, mask) };
  return {
    curves,
    ...shown,
    paused: paused.length,
    unfiltered: mask === null ? null : all,
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
