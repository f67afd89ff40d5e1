/** Makes the Fleet page live. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import type { FleetPageState } from "../fleet/fleet_model.ts";
import { FleetPage } from "../fleet/fleet_page.tsx";
import type { LivePage } from "../live/live_page.tsx";

/** Takes the page over. */
export function startFleet(page: FleetPageState, root: Element, live: LivePage): void {
  const snapshot = signal(page.snapshot);
  const App = (): VNode => (
    <FleetPage snapshot={{ ...snapshot.value, now: live.now }} filter={page.filter} />
  );
  hydrate(<App />, root);
  live.listen({
    url: new URL("/api/v1/stream?fleet", location.origin),
    after: null,
    onEvent: (event) => {
      if (event.type === "fleet") snapshot.value = JSON.parse(event.data);
    },
  });
}
