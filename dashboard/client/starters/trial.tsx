/** Makes a trial's page live: choices stay on it, news of the sweep draw it anew. */
import { CurveChart } from "../curves/curve_chart.tsx";
import type { LivePage } from "../live/live_page.tsx";
import { island } from "../live/server_nodes.ts";
import { ServerPage } from "../live/server_page.ts";
import type { TrialPageState } from "../page_state.ts";
import { handleCellKey, prepareCells } from "../trial/cell_keys.ts";
import { SnapshotControls } from "../trial/snapshot_controls.tsx";

const REFRESH_MS = 2_000;

/** Takes the page over. */
export function startTrial({ snapshot }: TrialPageState, root: Element, live: LivePage): void {
  root.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent) handleCellKey(event);
  });
  const page = new ServerPage(root, {
    islands: {
      curves: island(CurveChart),
      snapshots: (props) => (
        <SnapshotControls
          {...JSON.parse(props)}
          onGo={(href: string) => page.go(href)}
        />
      ),
    },
    enhance: prepareCells,
  });
  live.followSweep(snapshot, page.paced(REFRESH_MS));
}
