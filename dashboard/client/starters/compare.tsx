/** Makes the Compare page live: choices stay on the page, and news of the sweep fetch it anew. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { atMostEvery } from "../live/at_most_every.ts";
import type { ComparePageState, CompareSnapshot } from "../compare/compare_model.ts";
import { ComparePage } from "../compare/compare_page.tsx";
import { type CompareQuery, formatCompareQuery } from "../compare/compare_query.ts";
import { CurveChart } from "../curves/curve_chart.tsx";
import { LatestJson } from "../live/latest_json.ts";
import type { LivePage } from "../live/live_page.tsx";

const REFRESH_MS = 2_000;

/** Takes the page over. */
export function startCompare(
  { snapshot: first }: ComparePageState,
  root: Element,
  live: LivePage,
): void {
  const snapshot = signal(first);
  const json = new LatestJson();
  const ask = async (query: CompareQuery): Promise<void> => {
    const path = `/api/v1/sweeps/${first.facts.sweep}/compare${formatCompareQuery(query)}`;
    const answer = await json.get<CompareSnapshot>(path);
    if (answer !== null) snapshot.value = answer;
  };
  const onQuery = (query: CompareQuery): void => {
    history.replaceState(null, "", location.pathname + formatCompareQuery(query));
    ask(query);
  };
  const App = (): VNode => (
    <ComparePage snapshot={snapshot.value} onQuery={onQuery} chart={CurveChart} />
  );
  hydrate(<App />, root);
  live.followSweep(
    first,
    atMostEvery(() => ask(snapshot.value.query), {
      ms: REFRESH_MS,
      setTimer: (act, ms) => setTimeout(act, ms),
    }),
  );
}
