/** Makes the Trials page live: links and filters stay on the page, news fetch its window anew. */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import { hydrate, type VNode } from "preact";
import { atMostEvery } from "../live/at_most_every.ts";
import type { LivePage } from "../live/live_page.tsx";
import { tellFailure } from "../live/panel_failure.ts";
import { TrialsPage } from "../trials/trials_page.tsx";
import type { TrialsPageState } from "../trials/trials_model.ts";
import { formatTrialsQuery, parseTrialsQuery, type TrialsQuery } from "../trials/trials_query.ts";
import { TrialsStore } from "../trials/trials_store.ts";

/** A window is sorted and sent anew at most this often. */
const REFRESH_MS = 2_000;

/** Takes the page over. */
export function startTrials({ snapshot }: TrialsPageState, root: Element, live: LivePage): void {
  const store = new TrialsStore(snapshot, (error) => {
    tellFailure(root, error, () => void store.ask(queryOf(location.search)));
  });
  const onQuery = (query: TrialsQuery): void => {
    history.pushState(null, "", `${location.pathname}${formatTrialsQuery(query)}`);
    store.ask(query);
  };
  addEventListener("popstate", () => {
    store.ask(queryOf(location.search));
  });
  // Taking a page over sets no attributes: what the server did not write comes with the next drawing.
  const isTaken = signal(false);
  const onMark = (trial: number): void => {
    const query = store.mark(trial);
    history.replaceState(null, "", `${location.pathname}${formatTrialsQuery(query)}`);
  };
  const onFilterBy = (name: string): void => {
    store.filterBy(name);
    beginTyping(store.draft.value);
  };
  const App = (): VNode => (
    <TrialsPage
      snapshot={store.snapshot.value}
      draft={store.draft.value}
      onDraft={(text) => store.draft.value = text}
      onQuery={onQuery}
      {...(isTaken.value ? { onMark, onFilterBy } : {})}
    />
  );
  hydrate(<App />, root);
  isTaken.value = true;
  live.announce(store.announcement);
  live.followSweep(
    snapshot,
    atMostEvery(() => store.refresh(), {
      ms: REFRESH_MS,
      setTimer: (act, ms) => setTimeout(act, ms),
    }),
  );
}

function queryOf(search: string): TrialsQuery {
  return parseTrialsQuery(new URLSearchParams(search));
}

/** Goes to the end of the filter, where the value is to be written. */
function beginTyping(text: string): void {
  const field = document.querySelector<HTMLInputElement>('.trial-filters input[name="q"]');
  if (field === null) return;
  field.value = text;
  field.focus();
  field.setSelectionRange(text.length, text.length);
}
