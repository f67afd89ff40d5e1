/** Makes the page of all sweeps' events live. */
/// <reference lib="dom" />
import { type AllEventsPageState, allEventsSearch } from "../events/all_events_model.ts";
import { AllEventsPage } from "../events/all_events_page.tsx";
import type { LivePage } from "../live/live_page.tsx";
import { followEvents } from "./follow_events.tsx";

/** Takes the page over. */
export function startAllEvents(
  { snapshot }: AllEventsPageState,
  root: Element,
  live: LivePage,
): void {
  const onNews = followEvents({
    first: snapshot,
    root,
    path: `/api/v1/events${allEventsSearch(snapshot.query)}`,
    isNewest: true,
    freshOf: (now, shown) => {
      const [top] = shown.rows;
      const at = top === undefined
        ? -1
        : now.rows.findIndex(({ sweep, number }) => sweep === top.sweep && number === top.number);
      return at < 0 ? now.rows.length : at;
    },
    view: (now, actions) => <AllEventsPage snapshot={now} {...actions} />,
  });
  live.listen({
    url: new URL("/api/v1/stream", location.origin),
    after: null,
    onEvent: onNews,
  });
}
