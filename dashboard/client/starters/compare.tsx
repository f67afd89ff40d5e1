/** Makes the Compare page live: choices stay on it, news of the sweep draw it anew. */
import { CurveChart } from "../curves/curve_chart.tsx";
import type { LivePage } from "../live/live_page.tsx";
import { island } from "../live/server_nodes.ts";
import { ServerPage } from "../live/server_page.ts";
import type { ComparePageState } from "../page_state.ts";

const REFRESH_MS = 2_000;

/** Takes the page over. */
export function startCompare({ snapshot }: ComparePageState, root: Element, live: LivePage): void {
  const page = new ServerPage(root, { islands: { curves: island(CurveChart) } });
  live.followSweep(snapshot, page.paced(REFRESH_MS));
}
