/** The overview's panels of a live sweep, made once for each place of its journal. */
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { Panels } from "../client/overview/panels_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { lastEvents } from "./event_page.ts";
import { importanceBrief } from "./importance_brief.ts";
import { measuredConfigurations, objectivePlane, type PlaneQuery } from "./objective_plane.ts";
import { endedConfigurations, optimisationHistory } from "./optimisation_history.ts";
import { asOf } from "./overview_snapshot.ts";
import { rungsOf } from "./rung_rows.ts";
import { sweepFacts } from "./sweep_facts.ts";
import { timeline } from "./timeline.ts";
import { timelineSource } from "./timeline_snapshot.ts";

/** Events in the ticker. */
const TICKER = 8;

/** What a query does not change. */
type Steady = Pick<Panels, "history" | "rungs" | "ticker">;

const made = new WeakMap<LiveSweep, Steady & { readonly asOf: string }>();

/** The panels. @throws {RequestError} If the query names an objective that the sweep has not. */
export function panelsSnapshot(
  live: LiveSweep,
  { query, now }: { readonly query: PlaneQuery; readonly now: number },
): Panels {
  const { ledger } = live.view;
  const objectives = objectivesOf(ledger.spec);
  const { history, rungs, ticker } = steady(live);
  return {
    facts: sweepFacts(live.view),
    now,
    isOver: isOver(ledger.status),
    history,
    rungs,
    plane: objectivePlane(
      objectives.length < 2 ? [] : measuredConfigurations(live.ranking, objectives),
      objectives,
      query,
    ),
    importance: importanceBrief(live),
    timeline: timeline(timelineSource(live, { now }), { from: null, to: null }),
    ticker,
  };
}

/** The objectives that an address chooses. Empty fields count as absent. */
export function parsePlaneQuery(params: URLSearchParams): PlaneQuery {
  return { x: params.get("x") || null, y: params.get("y") || null };
}

function steady(live: LiveSweep): Steady {
  const known = made.get(live);
  const present = asOf(live);
  if (known?.asOf === present) return known;
  const { events, view: { ledger } } = live;
  const ended = endedConfigurations(
    events.events,
    live.ranking,
    (trial) => ledger.trial(parseTrialId(trial)).configuration,
  );
  const fresh = {
    history: optimisationHistory(ended, ledger.spec.metric),
    rungs: rungsOf(ledger),
    ticker: { rows: lastEvents(live, TICKER), total: events.events.length },
    asOf: present,
  };
  made.set(live, fresh);
  return fresh;
}
