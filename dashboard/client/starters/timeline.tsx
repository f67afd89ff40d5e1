/** Makes the Timeline page live: windows stay on the page, news fetch it anew, arrows go along rows. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { LivePage } from "../live/live_page.tsx";
import { ServerPage } from "../live/server_page.ts";
import { filterIn } from "../parts/shared_filter.ts";
import type { TimelinePageState } from "../page_state.ts";
import { timeAt, WIDTH } from "../timeline/timeline_layout.ts";
import { type TimelineQuery, timelineSearch } from "../timeline/timeline_model.ts";
import { panned, windowForKey, zoomed } from "../timeline/timeline_words.ts";

const REFRESH_MS = 3_000;

/** Takes the page over. */
export function startTimeline(
  { snapshot: first }: TimelinePageState,
  root: Element,
  live: LivePage,
): void {
  let shown = first;
  const page = new ServerPage(root, {
    enhance: (_, state) => {
      const { snapshot }: TimelinePageState = JSON.parse(state);
      shown = snapshot;
    },
  });
  const onQuery = (query: TimelineQuery): void => {
    const filter = filterIn(new URLSearchParams(location.search));
    const href = location.pathname + timelineSearch(query, filter);
    if (href !== location.pathname + location.search) page.go(href);
  };
  root.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || goAlong(event)) return;
    const onPicture = event.target instanceof Element &&
      event.target.closest("[data-gantt], .chart-scroll") !== null;
    if (!onPicture || event.ctrlKey || event.metaKey || event.altKey) return;
    const isArrow = event.key.startsWith("Arrow");
    const query = isArrow && !event.shiftKey ? null : windowForKey(shown, event.key);
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
    const at = timeAt(shown.window, (event.clientX - left) / width * WIDTH);
    onQuery(
      event.shiftKey ? panned(shown, 0.1 * way) : zoomed(shown, { factor: 1.25 ** way, at }),
    );
  }, { passive: false });
  live.followSweep(first, page.paced(REFRESH_MS));
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
