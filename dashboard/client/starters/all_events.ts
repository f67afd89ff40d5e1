/** Makes the page of all sweeps' events live. */
/// <reference lib="dom" />
import type { LivePage } from "../live/live_page.tsx";
import type { AllEventsPageState } from "../page_state.ts";
import { followEvents } from "./follow_events.ts";

/** Takes the page over. */
export function startAllEvents(_: AllEventsPageState, root: Element, live: LivePage): void {
  live.listen({
    url: new URL("/api/v1/stream", location.origin),
    after: null,
    onEvent: followEvents(root),
  });
}
