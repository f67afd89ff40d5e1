/** Makes the Events page live: it tells how many events are new, and copies them. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { atMostEvery } from "../live/at_most_every.ts";
import { type EventsPageState, eventsSearch, type EventsSnapshot } from "../events/events_model.ts";
import { EventsPage } from "../events/events_page.tsx";
import { getJson } from "../live/get_json.ts";
import type { LivePage } from "../live/live_page.tsx";

const REFRESH_MS = 3_000;
const COPIED_MS = 2_000;

/** Takes the page over. */
export function startEvents({ snapshot }: EventsPageState, root: Element, live: LivePage): void {
  const { facts: { sweep }, query } = snapshot;
  const fresh = signal(0);
  const copied = signal<string | null>(null);
  const onCopy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    copied.value = text;
    setTimeout(() => copied.value = null, COPIED_MS);
  };
  const App = (): VNode => (
    <EventsPage
      snapshot={snapshot}
      fresh={fresh.value}
      onCopy={(text) => void onCopy(text).catch(() => {})}
      copied={copied.value}
    />
  );
  hydrate(<App />, root);
  const search = eventsSearch({ ...query, before: null });
  const look = async (): Promise<void> => {
    const now = await getJson<EventsSnapshot>(`/api/v1/sweeps/${sweep}/events${search}`);
    fresh.value = Math.max(0, now.matching - snapshot.matching);
  };
  live.followSweep(
    snapshot,
    atMostEvery(look, { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) }),
  );
}
