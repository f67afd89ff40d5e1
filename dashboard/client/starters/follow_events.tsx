/** What every page of events does: it shows new ones at its top, and tells of them elsewhere. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import type { EventActions } from "../events/event_table.tsx";
import { atMostEvery } from "../live/at_most_every.ts";
import { getJson } from "../live/get_json.ts";

const REFRESH_MS = 3_000;
const COPIED_MS = 2_000;
/** Who has scrolled further reads something that must not move. */
const TOP_PX = 80;

/** A page of events. */
export interface FollowedEvents<Snapshot> {
  readonly first: Snapshot;
  readonly root: Element;
  /** Where the newest events are. */
  readonly path: string;
  /** Whether the page is that of the newest events: others only tell of new ones. */
  readonly isNewest: boolean;
  /** How many events are new since what is shown. */
  readonly freshOf: (now: Snapshot, shown: Snapshot) => number;
  readonly view: (snapshot: Snapshot, actions: EventActions) => VNode;
}

/** Takes the page over; what it returns is called whenever something may have happened. */
export function followEvents<Snapshot>(page: FollowedEvents<Snapshot>): () => void {
  const shown = signal(page.first);
  const latest = signal(page.first);
  const copied = signal<string | null>(null);
  const isPaused = signal(false);
  const onCopy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    copied.value = text;
    setTimeout(() => copied.value = null, COPIED_MS);
  };
  const showLatest = (): void => {
    shown.value = latest.value;
  };
  const App = (): VNode =>
    page.view(shown.value, {
      fresh: page.freshOf(latest.value, shown.value),
      copied: copied.value,
      onCopy: (text) => void onCopy(text).catch(() => {}),
      ...(page.isNewest && {
        isPaused: isPaused.value,
        onPause: () => {
          isPaused.value = !isPaused.value;
          if (!isPaused.value) showLatest();
        },
        onFresh: () => {
          showLatest();
          scrollTo({ top: 0 });
        },
      }),
    });
  hydrate(<App />, page.root);
  const look = async (): Promise<void> => {
    latest.value = await getJson<Snapshot>(page.path);
    const isReading = scrollY > TOP_PX || page.root.querySelector("details[open]") !== null;
    if (page.isNewest && !isPaused.value && !isReading) showLatest();
  };
  return atMostEvery(look, { ms: REFRESH_MS, setTimer: (act, ms) => setTimeout(act, ms) });
}
