/** What the script of every live page shares: its clock, its connection, its live region. */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { batch, effect, type Signal, signal } from "@preact/signals";
import { render, type VNode } from "preact";
import type { SweepSnapshot } from "../model.ts";
import type { Batch } from "./batch.ts";
import { canShare, ownScript, shareLive } from "./browser_tabs.ts";
import { ConnectionPill, type PillState } from "./connection_pill.tsx";
import type { Connection, StreamEvent } from "./live_stream.ts";
import type { SharedLive, Subscription } from "./shared_live.ts";
import { SpokenNews } from "./spoken_news.ts";
import { topicOf } from "./topic.ts";

/** A hidden page takes no part any more after this long. */
const HIDDEN_MS = 60_000;
/** One that has a connection of its own: browsers have six for a server. */
const HIDDEN_ALONE_MS = 5_000;
const TICK_MS = 1_000;
const QUIET_MS = 2_000;
/** What must not move while it is pointed at. */
const CHARTS = "figure, svg[role=img], .plot-host";

/** Where news come from, and who takes them. */
export interface News {
  /** The stream of this alone; in truth one stream brings the news of all tabs. */
  readonly url: URL;
  /** The last event that the page knows of; null: none. */
  readonly after: string | null;
  readonly onEvent: (event: StreamEvent) => void;
  /** Whether the page says aloud itself what is new in its sweep. */
  readonly isSpoken?: boolean;
}

/** A page that is being kept true. */
export class LivePage {
  readonly #clock: Signal<number> = signal(Date.now());
  readonly #connection: Signal<Connection> = signal({ state: "connecting" });
  readonly #freshAt: Signal<number> = signal(Date.now());
  /** What the journal of the page's sweep is, beside the connection. */
  readonly #journal: Signal<"moves" | "ended" | { readonly staleSince: number }> = signal("moves");
  readonly #isPaused: Signal<boolean> = signal(false);
  readonly #isNewer: Signal<boolean> = signal(false);
  readonly #shared: SharedLive;
  readonly #subscriptions: Subscription[] = [];
  /**
   * What a screen reader hears of the connection and of the sweep: the pill, which counts seconds, is
   * not read out.
   */
  readonly #spoken: Signal<string> = signal("");
  #isPointed = false;
  #isLost = false;
  /** What to add to the browser's clock to get the server's. */
  readonly #offset: number;

  /** @param serverNow When the page was made, on the server's clock. */
  constructor(serverNow: number) {
    this.#offset = serverNow - Date.now();
    setInterval(() => this.#clock.value = Date.now(), TICK_MS);
    const own = ownScript();
    this.#shared = shareLive({
      onConnection: (connection) => {
        // What a leader says again each few seconds is worth no new picture.
        if (connection.state === "live") this.#freshAt.value = Date.now();
        if (JSON.stringify(connection) !== JSON.stringify(this.#connection.peek())) {
          this.#connection.value = connection;
        }
        this.#tellConnection(connection);
      },
      onHello: ({ script }) => this.#isNewer.value = script !== null && script !== own,
    });
    this.announce(this.#spoken);
    this.#watchPage();
    this.#watchPointer();
  }

  /** The server's clock, as a signal: whoever reads it while drawing is drawn every second. */
  get now(): number {
    return this.#clock.value + this.#offset;
  }

  /** Shows the connection in the page's header. */
  showConnection(pill: Element): void {
    const Pill = (): VNode => (
      <ConnectionPill
        state={this.#state()}
        now={this.#clock.value}
        freshAt={this.#freshAt.value}
        isNewer={this.#isNewer.value}
        onPause={() => {
          this.#isPaused.value = !this.#isPaused.peek();
          this.#hold();
        }}
      />
    );
    // What the server wrote is another element, and would stay beside it.
    pill.replaceChildren();
    render(<Pill />, pill);
  }

  /** Keeps the page told, resuming wherever it was interrupted. */
  listen({ url, after, onEvent, isSpoken = false }: News): void {
    this.#want(topicOf(url), after, isSpoken ? onEvent : this.#speaking(onEvent));
  }

  /** Where news of a sweep come from, without its leaderboard. */
  sweepUrl(sweep: string): URL {
    const url = new URL("/api/v1/stream", location.origin);
    url.searchParams.set("sweep", sweep);
    url.searchParams.set("limit", "0");
    return url;
  }

  /** Has `onNews` called whenever the journal of a sweep has moved on, while the page is seen. */
  followSweep(
    { facts: { sweep }, asOf }: Pick<SweepSnapshot, "facts" | "asOf">,
    onNews: () => void,
  ): void {
    let last: string | null = asOf;
    let isMissed = false;
    const tell = (): void => {
      isMissed = document.hidden;
      if (!isMissed) onNews();
    };
    document.addEventListener("visibilitychange", () => isMissed && tell());
    const take = this.#speaking(({ type, data, lastId }) => {
      // Each connection begins with all there is: that alone is no news.
      if (type === "end" || lastId === last && data.includes('"facts":')) return;
      last = lastId;
      tell();
    });
    this.#want(`news/${sweep}`, asOf, take);
  }

  /** Says a sweep's news, besides. */
  #speaking(onEvent: News["onEvent"]): News["onEvent"] {
    const news = new SpokenNews();
    return (event) => {
      if (event.type === "state") {
        const said = news.take(JSON.parse(event.data));
        if (said !== null) this.#spoken.value = said;
      }
      onEvent(event);
    };
  }

  /** Says what matters through the page's live region, at most every two seconds. */
  announce(text: Signal<string>): void {
    const region = document.getElementById("announcements");
    let timer: ReturnType<typeof setTimeout> | undefined;
    effect(() => {
      const next = text.value;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (region !== null && next !== "") region.textContent = next;
      }, QUIET_MS);
    });
  }

  #tellConnection({ state }: Connection): void {
    if (state === "waiting") {
      this.#isLost = true;
      this.#spoken.value = "Connection lost. It is tried again.";
    } else if (state === "live" && this.#isLost) {
      this.#isLost = false;
      this.#spoken.value = "Connected again.";
    }
  }

  #want(topic: string, after: string | null, onEvent: (event: StreamEvent) => void): void {
    const take = (news: Batch): void => batch(() => this.#take(news, onEvent));
    this.#subscriptions.push(this.#shared.want(topic, after, take));
    if (!document.hidden) this.#shared.join();
  }

  #take({ id, messages }: Batch, onEvent: (event: StreamEvent) => void): void {
    this.#freshAt.value = Date.now();
    for (const { type, data } of messages) {
      if (type === "stale") {
        const since = JSON.parse(data).since - this.#offset;
        this.#journal.value = { staleSince: since };
      } else if (type === "fresh") this.#journal.value = "moves";
      else {
        // A sweep that was reopened tells its state first.
        if (type === "end") this.#journal.value = "ended";
        else if (this.#journal.peek() === "ended") this.#journal.value = "moves";
        onEvent({ type, data, lastId: id });
      }
    }
  }

  #state(): PillState {
    const connection = this.#connection.value;
    const journal = this.#journal.value;
    if (this.#isPaused.value) return { state: "paused" };
    if (connection.state !== "live") return connection;
    if (journal === "ended") return { state: "ended" };
    return journal === "moves" ? connection : { state: "stale", since: journal.staleSince };
  }

  #watchPage(): void {
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const leave = (): void => {
      this.#shared.leave();
      this.#connection.value = { state: "connecting" };
    };
    document.addEventListener("visibilitychange", () => {
      clearTimeout(hiding);
      if (!document.hidden) this.#shared.join();
      else hiding = setTimeout(leave, canShare() ? HIDDEN_MS : HIDDEN_ALONE_MS);
    });
    // A page that the browser freezes or puts aside must not lead others.
    for (const end of ["pagehide", "freeze"]) addEventListener(end, leave, true);
    for (const start of ["pageshow", "resume"]) {
      addEventListener(start, () => document.hidden || this.#shared.join(), true);
    }
  }

  /** What is pointed at stands still; what came meanwhile follows. */
  #watchPointer(): void {
    const point = (isPointed: boolean): void => {
      this.#isPointed = isPointed;
      this.#hold();
    };
    addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Element && target.closest(CHARTS) !== null) point(true);
    }, true);
    for (const end of ["pointerup", "pointercancel", "blur"]) {
      addEventListener(end, () => this.#isPointed && point(false), true);
    }
  }

  #hold(): void {
    const isHeld = this.#isPaused.peek() || this.#isPointed;
    for (const subscription of this.#subscriptions) subscription.hold(isHeld);
  }
}
