/** What the terminal board shows, out of the sweep's read model and the workers' presence. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { SweepId, TrialId, WorkerId } from "../../core/domain/ids.ts";
import type { ObjectiveMetric, ObjectiveValue } from "../../core/domain/objective.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import type { Estimate } from "../../core/domain/statistics.ts";
import { isOver, type SweepStatus } from "../../core/domain/sweep.ts";
import type { LedgerCounts } from "../../core/domain/sweep_ledger.ts";
import { workedMs } from "../../core/domain/sweep_times.ts";
import type { Instant } from "../../core/domain/units.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { leaderboard } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";

/** One of the best configurations. */
export interface BoardRow {
  readonly rank: number;
  /** The best of its trials. */
  readonly trial: TrialId;
  readonly hyperparameters: Hyperparameters;
  readonly objective: ObjectiveValue;
  readonly estimate: Estimate | null;
  readonly completed: number;
  readonly asked: number;
}

/** One worker. */
export interface BoardWorker {
  readonly worker: WorkerId;
  readonly host: string;
  readonly backend: string;
  readonly state: "training" | "idle" | "draining" | "quarantined" | "gone";
  /** Why the sweep gives it no more packs; null where it does. */
  readonly quarantine: string | null;
  /** Packs and lanes that it trains for this sweep. */
  readonly packs: number;
  readonly lanes: number;
  readonly laneStepsPerSecond: number;
}

/** Everything on the board. */
export interface BoardModel {
  readonly name: string;
  readonly sweep: SweepId;
  readonly state: SweepStatus;
  readonly counts: LedgerCounts;
  readonly elapsedMs: number;
  /** Until the last trial is over, at the present rate; null while nothing can be said. */
  readonly etaMs: number | null;
  readonly laneStepsPerSecond: number;
  readonly metric: ObjectiveMetric;
  /** The parameters in which configurations differ. */
  readonly varied: readonly string[];
  readonly top: readonly BoardRow[];
  readonly workers: readonly BoardWorker[];
  readonly lastEvent: string | null;
  readonly dashboardUrl: string | null;
  readonly hint: string | null;
}

/** What the view does not know. */
export interface BoardSurroundings {
  readonly presences: readonly Presence[];
  readonly now: Instant;
  readonly lastEvent?: string | null;
  readonly dashboardUrl?: string | null;
  /** Whether the user asked the run to end: changes the hint. */
  readonly isDraining?: boolean;
  /** What the connection lacks at present: it takes the hint's place. */
  readonly trouble?: string | null;
}

const TOP_ROWS = 5;
/** The rate comes from this many of the latest trials: it follows workers that come and go. */
const RATE_WINDOW = 64;

/** The board of a sweep at one moment. */
export function boardModel(view: SweepView, surroundings: BoardSurroundings): BoardModel {
  const { ledger } = view;
  const { presences, now, lastEvent = null, dashboardUrl = null } = surroundings;
  const isFinished = isOver(ledger.status);
  const elapsedMs = workedMs(view.sweepTimes, now);
  const workers = boardWorkers(view, presences);
  return {
    name: ledger.spec.name,
    sweep: view.id,
    state: ledger.status,
    counts: ledger.counts,
    elapsedMs,
    etaMs: isFinished ? null : remainingMs(view, now),
    laneStepsPerSecond: isFinished
      ? (elapsedMs === 0 ? 0 : 1000 * view.laneSteps / elapsedMs)
      : workers.reduce((sum, worker) => sum + worker.laneStepsPerSecond, 0),
    metric: ledger.spec.metric,
    varied: variedParameters(ledger.spec.parameters).map(({ name }) => name),
    top: leaderboard(ledger).slice(0, TOP_ROWS).map((row) => ({
      ...row,
      trial: row.bestTrial.id,
    })),
    workers,
    lastEvent,
    dashboardUrl,
    hint: isFinished ? null : hintOf(surroundings),
  };
}

function hintOf({ isDraining = false, trouble = null }: BoardSurroundings): string {
  if (trouble !== null) return trouble;
  return isDraining ? "draining; Ctrl-C again: stop at once" : "Ctrl-C: drain and stop (resumable)";
}

/** Trials still to do, at the rate of the latest ones; null before two are over. */
function remainingMs(view: SweepView, now: Instant): number | null {
  const { counts, trials } = view.ledger;
  const left = counts.queued + counts.running + counts.paused;
  const begin = view.reopenedAt ?? view.createdAt;
  const latest = trials
    .flatMap(({ id }) => {
      const { startedAt, endedAt } = view.times(id);
      // What was done before the sweep was reopened says nothing of the present rate.
      const isOfNow = startedAt !== null && endedAt !== null && startedAt >= begin;
      return isOfNow ? [{ startedAt, endedAt }] : [];
    })
    .sort((a, b) => b.endedAt - a.endedAt)
    .slice(0, RATE_WINDOW);
  if (left === 0 || latest.length < 2) return null;
  const since = latest.reduce(
    (first, { startedAt }) => startedAt < first ? startedAt : first,
    now,
  );
  return left * Math.max(1, now - since - view.idleSince(since)) / latest.length;
}

function boardWorkers(
  view: SweepView,
  presences: readonly Presence[],
): readonly BoardWorker[] {
  const present = presences.map((presence): BoardWorker => {
    const held = presence.packs.filter(({ sweep }) => sweep === view.id);
    const quarantine = view.ledger.quarantine.reasonOf(presence.worker);
    const idle = quarantine === null ? "idle" : "quarantined";
    const busy = held.length > 0 ? "training" : idle;
    return {
      worker: presence.worker,
      host: presence.host,
      backend: presence.backend,
      state: presence.draining ? "draining" : busy,
      quarantine,
      packs: held.length,
      lanes: held.reduce((sum, { lanes }) => sum + lanes, 0),
      // Its rate is over all its packs; what it does for other sweeps is not this one's speed.
      laneStepsPerSecond: presence.packs.length === 0
        ? 0
        : presence.laneStepsPerSecond * held.length / presence.packs.length,
    };
  });
  const known = new Set(present.map(({ worker }) => worker));
  const gone = isOver(view.ledger.status) ? [] : view.workers
    .filter(({ worker }) => !known.has(worker))
    .map(({ worker, backend }): BoardWorker => ({
      worker,
      host: "",
      backend,
      state: "gone",
      quarantine: view.ledger.quarantine.reasonOf(worker),
      packs: 0,
      lanes: 0,
      laneStepsPerSecond: 0,
    }));
  return [...present.toSorted((a, b) => compareText(a.worker, b.worker)), ...gone];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
