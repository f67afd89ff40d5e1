/** Makes the Fleet page live. */
/// <reference lib="dom" />
import type { LivePage } from "../live/live_page.tsx";
import { ServerPage } from "../live/server_page.ts";
import type { FleetPageState } from "../page_state.ts";

const REFRESH_MS = 1_500;

/** Takes the page over: every heartbeat is news. */
export function startFleet(_: FleetPageState, root: Element, live: LivePage): void {
  const refresh = new ServerPage(root).paced(REFRESH_MS);
  live.listen({
    url: new URL("/api/v1/stream?fleet", location.origin),
    after: null,
    onEvent: refresh,
  });
}
