/** Makes a sweep's overview live. */
/// <reference lib="dom" />
import { effect } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { CurveChart } from "../curves/curve_chart.tsx";
import { startCopying } from "../live/copying.ts";
import { atMostEvery } from "../live/at_most_every.ts";
import type { LivePage } from "../live/live_page.tsx";
import { tellFailure } from "../live/panel_failure.ts";
import { Overview } from "../overview/overview.tsx";
import { OverviewStore } from "../overview/overview_store.ts";
import { type PanelSlot, slotClass } from "../overview/panel_slot.ts";
import { LivePanels } from "../overview/refresh_panels.ts";
import type { OverviewPageState } from "../page_state.ts";

const REFRESH_MS = 2_000;
const NOT_OURS = { __html: "" };

/** Takes the overview over. */
export function startOverview(page: OverviewPageState, root: Element, live: LivePage): void {
  const store = new OverviewStore(page);
  const onMetric = (metric: string): void => {
    store.choose(metric);
    const url = new URL(location.href);
    url.searchParams.set("metric", metric);
    history.replaceState(null, "", url);
  };
  const App = (): VNode => {
    const now = Math.max(store.snapshot.value.now, live.now);
    return (
      <Overview
        snapshot={{ ...store.snapshot.value, now }}
        curves={store.curves.value}
        limit={page.limit}
        onMetric={onMetric}
        chart={CurveChart}
        plane={page.plane}
        filter={page.filter}
        panels={Slot}
      />
    );
  };
  hydrate(<App />, root);
  live.announce(store.announcement);
  startCopying(root);
  effect(() => {
    const { error, retry } = store.failure.value ?? { error: null, retry: () => {} };
    const card = root.querySelector("#curves");
    if (card !== null) tellFailure(card, error, retry);
  });
  const panels = new LivePanels(root, page.snapshot.facts.sweep);
  const renew = atMostEvery(
    async () => void await Promise.all([panels.refresh(), store.renewSelection()]),
    { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) },
  );
  live.listen({
    url: store.streamUrl(location.origin),
    after: page.snapshot.asOf,
    isSpoken: true,
    onEvent: (event) => {
      store.take(event);
      if (event.type !== "metrics") renew();
    },
  });
}

/** What the server has drawn stays: `LivePanels` looks after it. */
function Slot(slot: PanelSlot): VNode {
  return (
    <div
      class={slotClass(slot)}
      data-slot={slot}
      // deno-lint-ignore react-no-danger -- it is never set: an empty constant tells Preact to leave the children alone
      dangerouslySetInnerHTML={NOT_OURS}
    />
  );
}
