/** What the script of every live page shares: its clock, its connection, its live region. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { effect, type Signal, signal } from "@preact/signals";
import { render, type VNode } from "preact";
import { ConnectionPill } from "./connection_pill.tsx";
import { type Connection, readLiveStream, type StreamEvent } from "./live_stream.ts";

import type { SweepSnapshot } from "../model.ts";

/** A hidden page gives its connection back after this long: browsers have six for a server. */
const HIDDEN_MS = 5_000;
const TICK_MS = 1_000;
const QUIET_MS = 2_000;

/** Where news come from, and who takes them. */
export interface News {
  readonly url: URL;
  /** The last event that the page knows of; null: none. */
  readonly after: string | null;
  readonly onEvent: (event: StreamEvent) => void;
}

/** A page that is being kept true. */
export class LivePage {
  readonly #clock: Signal<number> = signal(Date.now());
  readonly #connection: Signal<Connection> = signal({ state: "connecting" });
  readonly #freshAt: Signal<number> = signal(Date.now());
  /** What to add to the browser's clock to get the server's. */
  readonly #offset: number;

  /** @param serverNow When the page was made, on the server's clock. */
  constructor(serverNow: number) {
    this.#offset = serverNow - Date.now();
    setInterval(() => this.#clock.value = Date.now(), TICK_MS);
  }

  /** The server's clock, as a signal: whoever reads it while drawing is drawn every second. */
  get now(): number {
    return this.#clock.value + this.#offset;
  }

  /** Shows the connection in the page's header. */
  showConnection(pill: Element): void {
    const Pill = (): VNode => (
      <ConnectionPill
        connection={this.#connection.value}
        now={this.#clock.value}
        freshAt={this.#freshAt.value}
      />
    );
    render(<Pill />, pill);
  }

  /** Keeps one stream open while the page is seen, and resumes it where it was. */
  listen(news: News): void {
    let lastId = news.after;
    let controller: AbortController | null = null;
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      if (controller !== null || this.#connection.value.state === "ended") return;
      controller = new AbortController();
      readLiveStream({
        url: news.url,
        after: lastId,
        onEvent: (event) => {
          lastId = event.lastId ?? lastId;
          this.#freshAt.value = Date.now();
          news.onEvent(event);
        },
        onConnection: (next) => {
          if (next.state === "live") this.#freshAt.value = Date.now();
          this.#connection.value = next;
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

  /** Where news of a sweep come from, without its leaderboard. */
  sweepUrl(sweep: string): URL {
    const url = new URL("/api/v1/stream", location.origin);
    url.searchParams.set("sweep", sweep);
    url.searchParams.set("limit", "0");
    return url;
  }

  /** Has `onNews` called whenever the journal of a sweep has moved on. */
  followSweep(
    { facts: { sweep }, asOf }: Pick<SweepSnapshot, "facts" | "asOf">,
    onNews: () => void,
  ): void {
    this.listen({ url: this.sweepUrl(sweep), after: asOf, onEvent: onNews });
  }

  /** Says what matters through the page's live region, at most every two seconds. */
  announce(text: Signal<string>): void {
    const region = document.getElementById("announcements");
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const next = text.value;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (region !== null) region.textContent = next;
      }, QUIET_MS);
    });
  }
}
