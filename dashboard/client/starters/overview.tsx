/** Makes a sweep's overview live. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { CurveChart } from "../curves/curve_chart.tsx";
import type { LivePage } from "../live/live_page.tsx";
import { Overview } from "../overview/overview.tsx";
import { OverviewStore } from "../overview/overview_store.ts";
import type { OverviewPageState } from "../page_state.ts";

/** Takes the overview over. */
export function startOverview(page: OverviewPageState, root: Element, live: LivePage): void {
  const store = new OverviewStore(page);
  const copied = signal(false);
  const onMetric = (metric: string): void => {
    store.choose(metric);
    const url = new URL(location.href);
    url.searchParams.set("metric", metric);
    history.replaceState(null, "", url);
  };
  const onCopy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    copied.value = true;
    setTimeout(() => copied.value = false, 2_000);
  };
  const App = (): VNode => {
    const now = Math.max(store.snapshot.value.now, live.now);
    return (
      <Overview
        snapshot={{ ...store.snapshot.value, now }}
        curves={store.curves.value}
        limit={store.limit}
        onMetric={onMetric}
        onCopy={onCopy}
        copied={copied.value}
        chart={CurveChart}
      />
    );
  };
  hydrate(<App />, root);
  live.announce(store.announcement);
  live.listen({
    url: store.streamUrl(location.origin),
    after: page.snapshot.asOf,
    onEvent: (event) => store.take(event),
  });
}
