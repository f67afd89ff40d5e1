/** The overview's panels of a live sweep, made once for each place of its journal. */
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { ObjectivePlane, Panels } from "../client/overview/panels_model.ts";
import { filterIn } from "../client/parts/shared_filter.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { lastEvents } from "./event_page.ts";
import {
  type FilteredPanels,
  filteredPanels,
  type ShownConfigurations,
  shownConfigurations,
} from "./filtered_panels.ts";
import { filteredTrials } from "./filtered_trials.ts";
import { importanceBrief } from "./importance_brief.ts";
import { liveImportance } from "./live_importance.ts";
import { objectivePlane, type PlaneQuery } from "./objective_plane.ts";
import { asOf } from "./overview_snapshot.ts";
import { partsOf } from "./parts_of.ts";
import { sweepFacts } from "./sweep_facts.ts";
import { timeline } from "./timeline.ts";
import { timelineSource } from "./timeline_snapshot.ts";

/** Events in the ticker. */
const TICKER = 8;

/** Of a sweep that goes on, panels are as old as this at most for each trial: 5 s for 100,000. */
const AGE_A_TRIAL_MS = 0.05;

/** What a query does not change, and what filters have made of it. */
interface Steady {
  readonly asOf: string;
  readonly madeAt: number;
  readonly told: Pick<Panels, "ticker">;
  readonly whole: FilteredPanels;
  readonly byFilter: Map<string, FilteredPanels>;
}

const made = new WeakMap<LiveSweep, Steady>();

/** What panels are asked for. */
export interface PanelsOptions {
  readonly query: PlaneQuery;
  readonly now: number;
  /** The address: charts of results honour its filter. */
  readonly params?: URLSearchParams;
}

/** Panels, and the configurations that the filter shows. */
export interface ShownPanels {
  readonly panels: Panels;
  readonly shown: ShownConfigurations;
}

/** The panels. @throws {RequestError} If the query names an objective that the sweep has not. */
export function panelsSnapshot(
  live: LiveSweep,
  { query, now, params = new URLSearchParams() }: PanelsOptions,
): ShownPanels {
  const { ranking, view: { ledger } } = live;
  const known = steady(live, now);
  const sieve = filteredTrials(live.view, params);
  const shown = shownConfigurations(live, sieve);
  const part = partOf(live, known, { shown, mask: sieve.mask, filter: filterIn(params) });
  const panels = partsOf<Panels>({
    facts: () => sweepFacts(live.view),
    now: () => now,
    isOver: () => isOver(ledger.status),
    history: () => part.history,
    filter: () => sieve.filter,
    filtered: () =>
      shown && {
        ranked: ranking.filter(({ configuration }) => shown.has(configuration)).length,
        of: ranking.length,
      },
    rungs: () => part.rungs,
    plane: () => planeOf(part, { objectives: objectivesOf(ledger.spec), query }),
    importance: () => importanceBrief(part.importance ?? liveImportance(live)),
    timeline: () =>
      timeline(timelineSource(live, { now, mask: sieve.mask }), { from: null, to: null }),
    ticker: () => known.told.ticker,
  });
  return { panels, shown };
}

/** The objectives that an address chooses. Empty fields count as absent. */
export function parsePlaneQuery(params: URLSearchParams): PlaneQuery {
  return { x: params.get("x") || null, y: params.get("y") || null };
}

function planeOf(
  { measured, planes }: FilteredPanels,
  { objectives, query }: {
    readonly objectives: ReturnType<typeof objectivesOf>;
    readonly query: PlaneQuery;
  },
): ObjectivePlane | null {
  const key = JSON.stringify([query.x, query.y]);
  const plane = planes.get(key) ?? objectivePlane(measured, objectives, query);
  // Where there is no plane, the names in the address are anything, and were kept for ever.
  if (plane !== null) planes.set(key, plane);
  return plane;
}

/** Filters of which the charts are kept at once. */
const MOST_FILTERS = 8;

function partOf(
  live: LiveSweep,
  { whole, byFilter }: Steady,
  { shown, mask, filter }: {
    readonly shown: ShownConfigurations;
    readonly mask: Uint8Array | null;
    readonly filter: string;
  },
): FilteredPanels {
  if (shown === null) return whole;
  const known = byFilter.get(filter);
  if (known !== undefined) return known;
  if (byFilter.size >= MOST_FILTERS) byFilter.clear();
  const made = filteredPanels(live, { shown, mask });
  byFilter.set(filter, made);
  return made;
}

function steady(live: LiveSweep, now: number): Steady {
  const known = made.get(live);
  const present = asOf(live);
  const { view: { ledger } } = live;
  if (known?.asOf === present) return known;
  const isYoung = known !== undefined && !isOver(ledger.status) &&
    now - known.madeAt < AGE_A_TRIAL_MS * ledger.trials.length;
  if (isYoung) return known;
  const fresh = {
    asOf: present,
    madeAt: now,
    told: partsOf({
      ticker: () => ({ rows: lastEvents(live, TICKER), total: live.events.events.length }),
    }),
    whole: filteredPanels(live, { shown: null, mask: null }),
    byFilter: new Map(),
  };
  made.set(live, fresh);
  return fresh;
}
