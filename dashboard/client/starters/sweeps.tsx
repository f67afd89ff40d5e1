/** Makes the list of sweeps live. */
/// <reference lib="dom" />
import type { LivePage } from "../live/live_page.tsx";
import { ServerPage } from "../live/server_page.ts";
import type { SweepsPageState } from "../page_state.ts";

const REFRESH_MS = 1_500;
/** "A minute ago" grows old without news. */
const AGING_MS = 30_000;

/** Takes the list over. */
export function startSweeps({ snapshot }: SweepsPageState, root: Element, live: LivePage): void {
  const refresh = new ServerPage(root).paced(REFRESH_MS);
  live.listen({
    url: new URL(`/api/v1/stream?page=${snapshot.page}`, location.origin),
    after: null,
    onEvent: refresh,
  });
  setInterval(refresh, AGING_MS);
}
