/** Makes a trial's page live: choices stay on the page, and news of the sweep fetch it anew. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { atMostEvery } from "../live/at_most_every.ts";
import { CurveChart } from "../curves/curve_chart.tsx";
import { LatestJson } from "../live/latest_json.ts";
import type { LivePage } from "../live/live_page.tsx";
import type { TrialPageState, TrialSnapshot } from "../trial/trial_model.ts";
import { TrialPage } from "../trial/trial_page.tsx";
import { epochsOf, SnapshotPlayer } from "../trial/snapshot_player.ts";
import { formatTrialQuery, type TrialQuery } from "../trial/trial_query.ts";

const REFRESH_MS = 2_000;

/** Takes the page over. */
export function startTrial(
  { snapshot: first }: TrialPageState,
  root: Element,
  live: LivePage,
): void {
  const snapshot = signal(first);
  const path = `/api/v1/sweeps/${first.facts.sweep}/trials/${first.row.trial}`;
  const json = new LatestJson();
  // Taking a page over sets no attributes: what the server did not write comes with the next drawing.
  const isTaken = signal(false);
  const ask = async (query: TrialQuery): Promise<void> => {
    const answer = await json.get<TrialSnapshot>(path + formatTrialQuery(query));
    // Choices made while the answer was on its way stay.
    if (answer !== null) snapshot.value = { ...answer, query: snapshot.value.query };
  };
  const onQuery = (query: TrialQuery): void => {
    const before = snapshot.value.query;
    // What is here already is shown at once: cells, epochs and examples need nothing of the server.
    snapshot.value = { ...snapshot.value, query };
    history.replaceState(null, "", location.pathname + formatTrialQuery(query));
    if (query.metric !== before.metric || query.split !== before.split) ask(query);
  };
  const player = new SnapshotPlayer({
    epochs: () => epochsOf(snapshot.value),
    current: () => snapshot.value.query.epoch,
    show: (epoch) => onQuery({ ...snapshot.value.query, epoch }),
  });
  const App = (): VNode => (
    <TrialPage
      snapshot={snapshot.value}
      onQuery={isTaken.value ? onQuery : undefined}
      chart={CurveChart}
      player={isTaken.value ? player.state : undefined}
    />
  );
  hydrate(<App />, root);
  isTaken.value = true;
  live.followSweep(
    first,
    atMostEvery(() => ask(snapshot.value.query), {
      ms: REFRESH_MS,
      setTimer: (act, ms) => setTimeout(act, ms),
    }),
  );
}
