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
import { timeAt, WIDTH } from "../timeline/timeline_layout.ts";
import { panned, windowForKey, zoomed } from "../timeline/timeline_words.ts";
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
    if (query.from === wanted.from && query.to === wanted.to) return;
    wanted = query;
    history.replaceState(null, "", location.pathname + timelineSearch(query));
    ask();
  };
  hydrate(<App />, root);
  root.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || goAlong(event)) return;
    const onPicture = event.target instanceof Element &&
      event.target.closest("[data-gantt], .chart-scroll") !== null;
    if (!onPicture || event.ctrlKey || event.metaKey || event.altKey) return;
    const isArrow = event.key.startsWith("Arrow");
    const query = isArrow && !event.shiftKey ? null : windowForKey(snapshot.value, event.key);
    if (query === null) return;
    event.preventDefault();
    onQuery(query);
  });
  root.addEventListener("wheel", (event) => {
    if (!(event instanceof WheelEvent) || !(event.target instanceof Element)) return;
    const picture = event.target.closest("[data-gantt]");
    const way = Math.sign(event.deltaY || event.deltaX);
    if (picture === null || way === 0 || !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      return;
    }
    event.preventDefault();
    const { left, width } = picture.getBoundingClientRect();
    const at = timeAt(snapshot.value.window, (event.clientX - left) / width * WIDTH);
    onQuery(
      event.shiftKey
        ? panned(snapshot.value, 0.1 * way)
        : zoomed(snapshot.value, { factor: 1.25 ** way, at }),
    );
  }, { passive: false });
  live.followSweep(
    first,
    atMostEvery(ask, { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) }),
  );

  function App(): VNode {
    return <TimelinePage snapshot={snapshot.value} onQuery={onQuery} />;
  }
}

/** The tab key stops once in a row; from there the arrows reach every bar. */
function goAlong(event: KeyboardEvent): boolean {
  const { target, key } = event;
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (step === 0 || event.shiftKey || !(target instanceof SVGElement)) return false;
  const bars = [...target.closest("[data-row]")?.querySelectorAll<SVGElement>("[data-bar]") ?? []];
  const next = bars[bars.indexOf(target) + step];
  if (next === undefined) return false;
  event.preventDefault();
  next.focus();
  return true;
}
