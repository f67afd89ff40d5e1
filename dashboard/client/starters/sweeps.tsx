/** Makes the list of sweeps live. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import type { LivePage } from "../live/live_page.tsx";
import type { SweepsPageState } from "../page_state.ts";
import { SweepList } from "../sweeps/sweep_list.tsx";

/** Takes the list over. */
export function startSweeps(page: SweepsPageState, root: Element, live: LivePage): void {
  const snapshot = signal(page.snapshot);
  const App = (): VNode => <SweepList snapshot={{ ...snapshot.value, now: live.now }} />;
  hydrate(<App />, root);
  live.listen({
    url: new URL(`/api/v1/stream?page=${page.snapshot.page}`, location.origin),
    after: null,
    onEvent: (event) => {
      if (event.type === "sweeps") snapshot.value = JSON.parse(event.data);
    },
  });
}
