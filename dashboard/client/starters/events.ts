/** Makes the Events page of a sweep live. */
import type { LivePage } from "../live/live_page.tsx";
import type { EventsPageState } from "../page_state.ts";
import { followEvents } from "./follow_events.ts";

/** Takes the page over. */
export function startEvents({ snapshot }: EventsPageState, root: Element, live: LivePage): void {
  live.followSweep(snapshot, followEvents(root));
}
