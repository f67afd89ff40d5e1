/** One stream for all tabs of a browser: one tab leads and holds it, the others listen to that tab. */
import { type Batch, distance, parseBatch, TopicLog } from "./batch.ts";
import type { Connection, StreamEvent } from "./live_stream.ts";
import type { Hello, TabChannel, TabMessage, TakeLead } from "./tab_message.ts";
import { formatPlaces, MOST_TOPICS } from "./topic.ts";

/** The world around a tab. */
export interface SharedLiveOptions {
  /** Names the tab. */
  readonly tab: string;
  /** Null: tabs of this browser cannot talk, so each leads itself. */
  readonly tabs:
    | {
      readonly open: (take: (message: TabMessage) => void) => TabChannel;
      readonly lead: TakeLead;
    }
    | null;
  /** Opens the stream of what `query` says at each connection, until the signal aborts. */
  readonly connect: (
    stream: {
      readonly query: () => string;
      readonly onEvent: (event: StreamEvent) => void;
      readonly onConnection: (connection: Connection) => void;
      readonly signal: AbortSignal;
    },
  ) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly onHello: (hello: Hello) => void;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** How often the leader says that it lives. */
  readonly aliveMs?: number;
}

/** A topic that this tab wants. */
interface Wish {
  readonly topic: string;
  readonly take: (batch: Batch) => void;
  place: string | null;
  /** Whether the leader has sent what was missed: from then on what is for all is for this tab. */
  isServed: boolean;
  isHeld: boolean;
}

/** A wish, in the hands of the page. */
export interface Subscription {
  /** While held, nothing is delivered; afterwards all that came meanwhile is asked for. */
  readonly hold: (isHeld: boolean) => void;
}

const GATHER_MS = 40;

/** A tab's part in it. */
export class SharedLive {
  readonly #options: SharedLiveOptions;
  readonly #wishes: Wish[] = [];
  /** Null: the tab takes no part. */
  #part: AbortController | null = null;
  #channel: TabChannel | null = null;
  #leader: string | null = null;
  #heardAt = 0;
  #lead: Leading | null = null;

  constructor(options: SharedLiveOptions) {
    this.#options = options;
  }

  /** Whether this tab holds the stream. */
  get leads(): boolean {
    return this.#lead !== null;
  }

  /** Wants a topic. News come at least once, in order; the same twice only after an interruption. */
  want(topic: string, after: string | null, take: (batch: Batch) => void): Subscription {
    const wish: Wish = { topic, take, place: after, isServed: false, isHeld: false };
    this.#wishes.push(wish);
    this.#ask(wish);
    return {
      hold: (isHeld) => {
        if (wish.isHeld === isHeld) return;
        wish.isHeld = isHeld;
        if (isHeld) wish.isServed = false;
        else this.#ask(wish);
      },
    };
  }

  /** Takes part until {@link leave}. */
  join(): void {
    if (this.#part !== null) return;
    const part = this.#part = new AbortController();
    const { tabs } = this.#options;
    this.#heardAt = this.#options.now();
    if (tabs === null) return this.#begin();
    this.#channel = tabs.open((message) => this.#part === part && this.#take(message));
    this.#tick(part.signal);
    this.#wishes.forEach((wish) => this.#ask(wish));
    this.#stand(false);
  }

  /** Takes no part any more: another tab leads, and what comes is asked for at the next join. */
  leave(): void {
    if (this.#part === null) return;
    this.#lead?.end();
    this.#lead = null;
    this.#post({ kind: "leave", tab: this.#options.tab });
    this.#part.abort();
    this.#part = null;
    this.#channel?.close();
    this.#channel = null;
    this.#follow(null);
  }

  /** Waits for the leadership. */
  #stand(steal: boolean): void {
    const { tabs } = this.#options;
    const part = this.#part;
    if (tabs === null || part === null) return;
    const hold = (): Promise<void> => {
      if (part.signal.aborted) return Promise.resolve();
      this.#begin();
      return new Promise((resolve) => part.signal.addEventListener("abort", () => resolve()));
    };
    tabs.lead(hold, { steal, signal: part.signal }).then(() => {
      if (part.signal.aborted) return;
      // Taken away: this tab was thought to be frozen. It stands behind the others.
      this.#lead?.end();
      this.#lead = null;
      this.#follow(null);
      this.#stand(false);
    });
  }

  #begin(): void {
    this.#lead?.end();
    this.#lead = new Leading(this.#options, {
      post: (message) => {
        this.#post(message);
        this.#take(message);
      },
    });
    this.#follow(this.#options.tab);
    this.#lead.tell();
  }

  #follow(leader: string | null): void {
    this.#leader = leader;
    for (const wish of this.#wishes) {
      wish.isServed = false;
      if (leader !== null) this.#ask(wish);
    }
  }

  #ask(wish: Wish, isKnown = false): void {
    const { topic, place } = wish;
    if (this.#part === null || wish.isHeld && !isKnown) return;
    const ask = { kind: "ask", tab: this.#options.tab, topic, after: place, isKnown } as const;
    if (this.#lead === null) this.#post(ask);
    else this.#lead.serve(ask);
  }

  #post(message: TabMessage): void {
    this.#channel?.post(message);
  }

  #take(message: TabMessage): void {
    switch (message.kind) {
      case "ask":
        return this.#lead?.serve(message);
      case "leave":
        return this.#lead?.forget(message.tab);
      case "lead":
        this.#heardAt = this.#options.now();
        if (message.leader !== this.#leader) this.#follow(message.leader);
        if (message.hello !== null) this.#options.onHello(message.hello);
        return this.#options.onConnection(message.connection);
      case "news":
        return this.#takeNews(message);
      default:
        return message satisfies never;
    }
  }

  #takeNews(news: Extract<TabMessage, { kind: "news" }>): void {
    const { tab, now } = this.#options;
    if (news.leader !== this.#leader || news.to !== null && news.to !== tab) return;
    this.#heardAt = now();
    for (const wish of this.#wishes) {
      if (wish.topic !== news.topic || wish.isHeld) continue;
      if (news.to === tab) wish.isServed = true;
      if (!wish.isServed) continue;
      for (const batch of news.batches) {
        const ahead = distance(wish.place, batch.id);
        // The tab's own page is younger than these news.
        if (batch.id !== null && ahead > distance(batch.id, batch.id)) continue;
        // News of another stream than the tab's continue nothing here: it has to begin anew itself.
        if (isForeign(wish, batch)) {
          wish.isServed = false;
          this.#ask(wish);
          break;
        }
        wish.place = batch.id ?? wish.place;
        wish.take(batch);
      }
    }
  }

  /** Tells that this tab lives, and watches whether the leader does. */
  #tick(signal: AbortSignal): void {
    const { aliveMs = 4_000, now, random } = this.#options;
    let before = now();
    const timer = setInterval(() => {
      // A tab that slept itself knows nothing of the leader.
      if (now() - before > 2 * aliveMs) this.#heardAt = now();
      before = now();
      if (this.#lead !== null) return this.#lead.tell();
      for (const wish of this.#wishes) this.#ask(wish, wish.isServed || wish.isHeld);
      if (now() - this.#heardAt < aliveMs * (3 + random())) return;
      this.#heardAt = now();
      this.#stand(true);
    }, aliveMs);
    signal.addEventListener("abort", () => clearInterval(timer));
  }
}

function isForeign({ place }: Wish, { id, messages }: Batch): boolean {
  return place !== null && id !== null && distance(place, id) < 0 &&
    messages.every(({ type }) => type !== "resync");
}

interface Wanted {
  readonly log: TopicLog;
  /** Who wants it, and when that was said last. */
  readonly tabs: Map<string, number>;
}

/** What the leading tab does. */
class Leading {
  readonly #options: SharedLiveOptions;
  readonly #post: (message: TabMessage) => void;
  readonly #topics = new Map<string, Wanted>();
  /** Topics for which there is no room in the stream. */
  readonly #silent = new Set<string>();
  #stream: AbortController | null = null;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #connection: Connection = { state: "connecting" };
  #hello: Hello | null = null;

  constructor(
    options: SharedLiveOptions,
    { post }: { readonly post: (message: TabMessage) => void },
  ) {
    this.#options = options;
    this.#post = post;
  }

  /** Says that this tab leads; forgets tabs that have said nothing for long, and their topics. */
  tell(): void {
    const { tab, now, aliveMs = 4_000 } = this.#options;
    let isLess = false;
    for (const [topic, { tabs }] of this.#topics) {
      for (const [other, at] of tabs) {
        // The browser slows the timers of hidden tabs.
        if (other !== tab && now() - at > 20 * aliveMs) tabs.delete(other);
      }
      if (tabs.size === 0) isLess = this.#topics.delete(topic);
    }
    if (isLess) this.#reopen();
    const [connection, hello] = [this.#connection, this.#hello];
    this.#post({ kind: "lead", leader: tab, connection, hello });
  }

  /** Sends a tab what it has missed. */
  serve({ tab, topic, after, isKnown }: Extract<TabMessage, { kind: "ask" }>): void {
    const known = this.#topics.get(topic);
    const missed = known?.log.since(after) ?? null;
    const isHeard = missed !== null && !this.#silent.has(topic);
    const wanted = known !== undefined && (isHeard || isKnown)
      ? known
      // Nobody has what this tab lacks: the server tells it again, from there on, to all.
      : { log: new TopicLog(after), tabs: known?.tabs ?? new Map<string, number>() };
    // What was wanted last is the last that there is no room for.
    if (wanted !== known) this.#topics.delete(topic);
    this.#topics.set(topic, wanted);
    wanted.tabs.set(tab, this.#options.now());
    if (wanted !== known) this.#reopen();
    if (isKnown && wanted === known) return;
    this.#post({
      kind: "news",
      leader: this.#options.tab,
      to: tab,
      topic,
      batches: wanted === known ? missed ?? [] : [],
    });
  }

  /** A tab has gone. Its topics go with the next tick: it may only be on its way to another page. */
  forget(tab: string): void {
    for (const { tabs } of this.#topics.values()) tabs.delete(tab);
  }

  end(): void {
    clearTimeout(this.#opening);
    this.#stream?.abort();
  }

  /** In a moment, for all tabs that ask at the same time. */
  #reopen(): void {
    // What the old stream still said would move places on that the new one is to start from.
    this.#stream?.abort();
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => this.#open(), GATHER_MS);
  }

  #open(): void {
    const { signal } = this.#stream = new AbortController();
    if (this.#topics.size === 0) return;
    // The server refuses more: tabs that were opened long ago are told that they hear nothing.
    const topics = [...this.#topics];
    const told = topics.slice(-MOST_TOPICS);
    const { tab: leader, now } = this.#options;
    const data = JSON.stringify({ since: now(), reason: `More than ${MOST_TOPICS} pages` });
    for (const [index, [topic]] of topics.entries()) {
      const isSilent = index < topics.length - told.length;
      if (!isSilent && !this.#silent.has(topic)) continue;
      if (isSilent) this.#silent.add(topic);
      else this.#silent.delete(topic);
      const message = isSilent ? { type: "stale", data } : { type: "fresh", data: "null" };
      const batches = [{ topic, id: null, messages: [message] }];
      this.#post({ kind: "news", leader, to: null, topic, batches });
    }
    this.#options.connect({
      query: () => formatPlaces(told.map(([topic, { log }]) => ({ topic, after: log.place }))),
      onEvent: (event) => {
        if (!signal.aborted) this.#take(event);
      },
      onConnection: (connection) => {
        if (signal.aborted) return;
        // Only a stream for other topics: nothing was lost.
        if (connection.state === "connecting" && this.#connection.state === "live") return;
        this.#connection = connection;
        this.tell();
      },
      signal,
    });
  }

  #take(event: StreamEvent): void {
    if (event.type === "hello") {
      this.#hello = JSON.parse(event.data);
      return this.tell();
    }
    if (event.type !== "news") return;
    const batch = parseBatch(event);
    this.#topics.get(batch.topic)?.log.push(batch);
    const { tab: leader } = this.#options;
    this.#post({ kind: "news", leader, to: null, topic: batch.topic, batches: [batch] });
  }
}
