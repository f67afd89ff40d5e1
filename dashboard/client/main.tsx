/** Makes the page live: finds out which page it is, and starts what takes its markup over. */
/// <reference lib="dom" />
import { LivePage } from "./live/live_page.tsx";
import { startShell } from "./keyboard/start_shell.ts";
import type { PageState, StateOf } from "./page_state.ts";
import { startAllEvents } from "./starters/all_events.ts";
import { startCompare } from "./starters/compare.tsx";
import { startCurves } from "./starters/curves.tsx";
import { startEvents } from "./starters/events.ts";
import { startFleet } from "./starters/fleet.tsx";
import { startOverview } from "./starters/overview.tsx";
import { startParameters } from "./starters/parameters.tsx";
import { startSweeps } from "./starters/sweeps.tsx";
import { startTimeline } from "./starters/timeline.tsx";
import { startTrial } from "./starters/trial.tsx";
import { startTrials } from "./starters/trials.tsx";

type Starter<State> = (page: State, root: Element, live: LivePage) => void;

/** Who starts which page. */
const STARTERS: { readonly [Name in PageState["page"]]: Starter<StateOf<Name>> } = {
  sweeps: startSweeps,
  overview: startOverview,
  trials: startTrials,
  curves: startCurves,
  parameters: startParameters,
  timeline: startTimeline,
  events: startEvents,
  allEvents: startAllEvents,
  fleet: startFleet,
  trial: startTrial,
  compare: startCompare,
};

function begin<Name extends PageState["page"]>(
  name: Name,
  page: StateOf<Name>,
  { root, live }: { readonly root: Element; readonly live: LivePage },
): void {
  STARTERS[name](page, root, live);
}

function start(): void {
  const state = document.getElementById("page-state")?.textContent;
  const root = document.getElementById("island");
  const pill = document.getElementById("connection");
  if (!state || root === null || pill === null) return;
  const page: PageState = JSON.parse(state);
  const live = new LivePage(page.snapshot.now);
  live.showConnection(pill);
  begin(page.page, page, { root, live });
}

start();
startShell();
