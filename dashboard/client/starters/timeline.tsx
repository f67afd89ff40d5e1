/** Makes the Timeline page live: windows stay on the page, news fetch it anew, arrows go along rows. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { atMostEvery } from "../live/at_most_every.ts";
import { LatestJson } from "../live/latest_json.ts";
import type { LivePage } from "../live/live_page.tsx";
import {
  type TimelinePageState,
  type TimelineQuery,
  timelineSearch,
  type TimelineSnapshot,
} from "../timeline/timeline_model.ts";
import { TimelinePage } from "../timeline/timeline_page.tsx";

const REFRESH_MS = 3_000;

/** Takes the page over. */
export function startTimeline(
  { snapshot: first }: TimelinePageState,
  root: Element,
  live: LivePage,
): void {
  const snapshot = signal(first);
  const json = new LatestJson();
  let wanted = first.query;
  const ask = async (): Promise<void> => {
    const path = `/api/v1/sweeps/${first.facts.sweep}/timeline${timelineSearch(wanted)}`;
    const answer = await json.get<TimelineSnapshot>(path);
    if (answer !== null) snapshot.value = answer;
  };
  const onQuery = (query: TimelineQuery): void => {
    wanted = query;
    history.replaceState(null, "", location.pathname + timelineSearch(query));
    ask();
  };
  hydrate(<App />, root);
  root.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent) goAlong(event);
  });
  live.followSweep(
    first,
    atMostEvery(ask, { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) }),
  );

  function App(): VNode {
    return <TimelinePage snapshot={snapshot.value} onQuery={onQuery} />;
  }
}

/** The tab key stops once in a row; from there the arrows reach every bar. */
function goAlong(event: KeyboardEvent): void {
  const { target, key } = event;
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (step === 0 || !(target instanceof SVGElement)) return;
  const bars = [...target.closest("[data-row]")?.querySelectorAll<SVGElement>("[data-bar]") ?? []];
  const next = bars[bars.indexOf(target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
