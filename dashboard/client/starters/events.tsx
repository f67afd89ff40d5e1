/** Makes the Events page of a sweep live. */
/// <reference lib="dom" />
import { type EventsPageState, eventsSearch } from "../events/events_model.ts";
import { EventsPage } from "../events/events_page.tsx";
import type { LivePage } from "../live/live_page.tsx";
import { followEvents } from "./follow_events.tsx";

/** Takes the page over. */
export function startEvents({ snapshot }: EventsPageState, root: Element, live: LivePage): void {
  const { facts: { sweep }, query } = snapshot;
  const onNews = followEvents({
    first: snapshot,
    root,
    path: `/api/v1/sweeps/${sweep}/events${eventsSearch({ ...query, before: null })}`,
    isNewest: query.before === null,
    freshOf: (now, shown) => Math.max(0, now.matching - shown.matching),
    view: (now, actions) => <EventsPage snapshot={now} {...actions} />,
  });
  live.followSweep(snapshot, onNews);
}
