/** The overview's panels of a live sweep, made once for each place of its journal. */
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import { type ConfigurationId, parseTrialId } from "../../core/domain/ids.ts";
import type {
  ObjectivePlane,
  OptimisationHistory,
  Panels,
} from "../client/overview/panels_model.ts";
import { filterIn } from "../client/parts/shared_filter.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { lastEvents } from "./event_page.ts";
import { filteredTrials, type TrialSieve } from "./filtered_trials.ts";
import { importanceBrief } from "./importance_brief.ts";
import { liveImportance } from "./live_importance.ts";
import {
  type MeasuredConfiguration,
  measuredConfigurations,
  objectivePlane,
  type PlaneQuery,
} from "./objective_plane.ts";
import { endedConfigurations, optimisationHistory } from "./optimisation_history.ts";
import { asOf } from "./overview_snapshot.ts";
import { rungsOf } from "./rung_rows.ts";
import { sweepFacts } from "./sweep_facts.ts";
import { timeline } from "./timeline.ts";
import { timelineSource } from "./timeline_snapshot.ts";

/** Events in the ticker. */
const TICKER = 8;

/** Of a sweep that goes on, panels are as old as this at most for each trial: 5 s for 100,000. */
const AGE_A_TRIAL_MS = 0.05;

/** What a query does not change, and what queries have made of it. */
interface Steady extends Pick<Panels, "history" | "rungs" | "ticker"> {
  readonly asOf: string;
  readonly madeAt: number;
  readonly measured: readonly MeasuredConfiguration[];
  readonly planes: Map<string, ObjectivePlane | null>;
  /** Of configurations that a filter lets through, by the filter. */
  readonly histories: Map<string, OptimisationHistory>;
}

const made = new WeakMap<LiveSweep, Steady>();

/** The panels. @throws {RequestError} If the query names an objective that the sweep has not. */
export function panelsSnapshot(
  live: LiveSweep,
  { query, now, params = new URLSearchParams() }: {
    readonly query: PlaneQuery;
    readonly now: number;
    /** The address: the history honours its filter. */
    readonly params?: URLSearchParams;
  },
): Panels {
  const { ledger } = live.view;
  const objectives = objectivesOf(ledger.spec);
  const known = steady(live, now);
  const { rungs, ticker, measured, planes } = known;
  const sieve = filteredTrials(live.view, params);
  const key = JSON.stringify([query.x, query.y]);
  const plane = planes.get(key) ?? objectivePlane(measured, objectives, query);
  // Where there is no plane, the names in the address are anything, and were kept for ever.
  if (plane !== null) planes.set(key, plane);
  return {
    facts: sweepFacts(live.view),
    now,
    isOver: isOver(ledger.status),
    history: historyOf(live, known, { sieve, filter: filterIn(params) }),
    filter: sieve.filter,
    rungs,
    plane,
    importance: importanceBrief(liveImportance(live)),
    timeline: timeline(timelineSource(live, { now }), { from: null, to: null }),
    ticker,
  };
}

/** The objectives that an address chooses. Empty fields count as absent. */
export function parsePlaneQuery(params: URLSearchParams): PlaneQuery {
  return { x: params.get("x") || null, y: params.get("y") || null };
}

/** Histories by filter that are kept at once. */
const MOST_HISTORIES = 8;

function historyOf(
  { events, ranking, view: { ledger } }: LiveSweep,
  { history, histories }: Steady,
  { sieve: { mask }, filter }: { readonly sieve: TrialSieve; readonly filter: string },
): OptimisationHistory {
  if (mask === null) return history;
  const known = histories.get(filter);
  if (known !== undefined) return known;
  const shown = new Set<ConfigurationId>();
  for (const { id, configuration } of ledger.trials) if (mask[id] === 1) shown.add(configuration);
  const ended = endedConfigurations(
    events.events,
    ranking,
    (trial) => ledger.trial(parseTrialId(trial)).configuration,
    (configuration) => shown.has(configuration),
  );
  if (histories.size >= MOST_HISTORIES) histories.clear();
  const made = optimisationHistory(ended, ledger.spec.metric);
  histories.set(filter, made);
  return made;
}

function steady(live: LiveSweep, now: number): Steady {
  const known = made.get(live);
  const present = asOf(live);
  const { events, ranking, view: { ledger } } = live;
  if (known?.asOf === present) return known;
  const isYoung = known !== undefined && !isOver(ledger.status) &&
    now - known.madeAt < AGE_A_TRIAL_MS * ledger.trials.length;
  if (isYoung) return known;
  const configurationOf = (trial: number): ConfigurationId =>
    ledger.trial(parseTrialId(trial)).configuration;
  const ended = endedConfigurations(events.events, ranking, configurationOf);
  const objectives = objectivesOf(ledger.spec);
  const fresh = {
    asOf: present,
    madeAt: now,
    history: optimisationHistory(ended, ledger.spec.metric),
    rungs: rungsOf(ledger),
    ticker: { rows: lastEvents(live, TICKER), total: events.events.length },
    measured: objectives.length < 2 ? [] : measuredConfigurations(ranking, objectives),
    planes: new Map(),
    histories: new Map(),
  };
  made.set(live, fresh);
  return fresh;
}
