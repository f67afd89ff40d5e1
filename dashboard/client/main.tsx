/** Makes the page live: takes over the server's markup and keeps it true. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { effect, type Signal, signal } from "@preact/signals";
import { hydrate, render, type VNode } from "preact";
import { ConnectionPill } from "./connection_pill.tsx";
import { CurveChart } from "./curve_chart.tsx";
import type { PageState } from "./fold.ts";
import { type Connection, readLiveStream, type StreamEvent } from "./live_stream.ts";
import type { SweepsSnapshot } from "./model.ts";
import { Overview } from "./overview.tsx";
import { OverviewStore } from "./overview_store.ts";
import { SweepList } from "./sweep_list.tsx";

/** A hidden page gives its connection back after this long: browsers have six for a server. */
const HIDDEN_MS = 5_000;
const TICK_MS = 1_000;

const clock: Signal<number> = signal(Date.now());
const connection: Signal<Connection> = signal({ state: "connecting" });
const freshAt: Signal<number> = signal(Date.now());
/** What to add to the browser's clock to get the server's. */
const offset: Signal<number> = signal(0);

interface News {
  readonly url: URL;
  readonly after: string | null;
  readonly onEvent: (event: StreamEvent) => void;
}

function start(): void {
  const state = document.getElementById("page-state")?.textContent;
  const root = document.getElementById("island");
  const pill = document.getElementById("connection");
  if (!state || root === null || pill === null) return;
  setInterval(() => clock.value = Date.now(), TICK_MS);
  render(<Pill />, pill);
  const page: PageState = JSON.parse(state);
  offset.value = page.snapshot.now - Date.now();
  if (page.page === "overview") startOverview(page, root);
  else startList(page.snapshot, root);
}

function Pill(): VNode {
  return <ConnectionPill connection={connection.value} now={clock.value} freshAt={freshAt.value} />;
}

function startOverview(page: Extract<PageState, { page: "overview" }>, root: Element): void {
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
    const now = Math.max(store.snapshot.value.now, clock.value + offset.value);
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
  announce(store.announcement);
  listen({
    url: store.streamUrl(location.origin),
    after: page.snapshot.asOf,
    onEvent: (event) => store.take(event),
  });
}

function startList(first: SweepsSnapshot, root: Element): void {
  const snapshot = signal(first);
  const App = (): VNode => (
    <SweepList snapshot={{ ...snapshot.value, now: clock.value + offset.value }} />
  );
  hydrate(<App />, root);
  listen({
    url: new URL("/api/v1/stream", location.origin),
    after: null,
    onEvent: (event) => {
      if (event.type === "sweeps") snapshot.value = JSON.parse(event.data);
    },
  });
}

/** Keeps one stream open while the page is seen, and resumes it where it was. */
function listen(news: News): void {
  let lastId = news.after;
  let controller: AbortController | null = null;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    if (controller !== null || connection.value.state === "ended") return;
    controller = new AbortController();
    readLiveStream({
      url: news.url,
      after: lastId,
      onEvent: (event) => {
        lastId = event.lastId ?? lastId;
        freshAt.value = Date.now();
        news.onEvent(event);
      },
      onConnection: (next) => {
        if (next.state === "live") freshAt.value = Date.now();
        connection.value = next;
      },
      now: () => Date.now(),
      signal: controller.signal,
    });
  };
  const close = (): void => {
    controller?.abort();
    controller = null;
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(close, HIDDEN_MS);
    else open();
  });
  // A page that the browser froze and brought back has lost its connection without a word.
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}

/** Says what matters through the page's live region, at most every two seconds. */
function announce(text: Signal<string>): void {
  const region = document.getElementById("announcements");
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const next = text.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (region !== null) region.textContent = next;
    }, 2_000);
  });
}

start();
