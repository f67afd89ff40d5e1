/** Tabs of one browser without a browser: a channel, a lock, and a server that counts its streams. */
import type { Batch } from "../../dashboard/client/live/batch.ts";
import type { StreamEvent } from "../../dashboard/client/live/live_stream.ts";
import { SharedLive } from "../../dashboard/client/live/shared_live.ts";
import type { TabMessage, TakeLead } from "../../dashboard/client/live/tab_message.ts";
import { parsePlaces } from "../../dashboard/client/live/topic.ts";

interface Holder {
  readonly lose: () => void;
}

/** A lock as the Web Locks standard has it: a queue, and somebody who may push in. */
class Lock {
  #holder: Holder | null = null;
  readonly #queue: (() => void)[] = [];

  readonly take: TakeLead = async (hold, { steal, signal }) => {
    if (steal) this.#holder?.lose();
    else {
      while (this.#holder !== null && !signal.aborted) {
        await new Promise<void>((resolve) => {
          this.#queue.push(resolve);
          signal.addEventListener("abort", () => resolve());
        });
      }
    }
    if (signal.aborted) return;
    const lost = Promise.withResolvers<void>();
    const holder: Holder = { lose: lost.resolve };
    this.#holder = holder;
    await Promise.race([hold(), lost.promise]);
    if (this.#holder !== holder) return;
    this.#holder = null;
    this.#queue.splice(0).forEach((wake) => wake());
  };
}

/** A tab, and what it has been told: the points of each topic, as text. */
export interface TestTab {
  readonly live: SharedLive;
  readonly points: Set<number>;
  readonly resyncs: number;
  readonly hold: (isHeld: boolean) => void;
  /** Neither hears nor says anything any more, as a frozen tab does. */
  readonly freeze: () => void;
}

/** A browser and its server. Points are numbers from 1 on; the id of a batch is the last one. */
export class TestBrowser {
  readonly #lock = new Lock();
  readonly #ears = new Map<string, (message: TabMessage) => void>();
  readonly #frozen = new Set<string>();
  readonly #streams = new Set<() => void>();
  readonly #canShare: boolean;
  #points = 0;
  #opened = 0;

  readonly #aliveMs: number;

  /** @param options.aliveMs How often leaders say that they live: often where tabs freeze. */
  constructor(
    { canShare = true, aliveMs = 5_000 }: {
      readonly canShare?: boolean;
      readonly aliveMs?: number;
    } = {},
  ) {
    this.#canShare = canShare;
    this.#aliveMs = aliveMs;
  }

  /** Streams that are open. */
  get streams(): number {
    return this.#streams.size;
  }
  /** Streams that ever were. */
  get opened(): number {
    return this.#opened;
  }

  /** The server has more to tell. */
  grow(points: number): void {
    this.#points += points;
    for (const tell of this.#streams) tell();
  }

  /** Opens a tab that knows the points up to `known`. */
  open(
    tab: string,
    { known = 0, epoch = "e" }: { readonly known?: number; readonly epoch?: string } = {},
  ): TestTab {
    const points = new Set(Array.from({ length: known }, (_, index) => index + 1));
    let resyncs = 0;
    const live = new SharedLive({
      tab,
      tabs: this.#canShare
        ? { open: (take) => this.#channel(tab, take), lead: this.#lock.take }
        : null,
      connect: (stream) => this.#connect(tab, stream),
      onConnection: () => {},
      onHello: () => {},
      now: () => performance.now(),
      random: () => 0.5,
      aliveMs: this.#aliveMs,
    });
    const subscription = live.want("news/a", `${epoch}.${known}`, ({ messages }: Batch) => {
      for (const { type, data } of messages) {
        if (type === "resync") resyncs++;
        else for (const point of JSON.parse(data)) points.add(point);
      }
    });
    live.join();
    return {
      live,
      points,
      get resyncs() {
        return resyncs;
      },
      hold: subscription.hold,
      freeze: () => void this.#frozen.add(tab),
    };
  }

  #channel(tab: string, take: (message: TabMessage) => void) {
    this.#ears.set(tab, take);
    return {
      post: (message: TabMessage) => {
        if (this.#frozen.has(tab)) return;
        for (const [other, ear] of this.#ears) {
          if (other !== tab && !this.#frozen.has(other)) setTimeout(() => ear(message));
        }
      },
      close: () => void this.#ears.delete(tab),
    };
  }

  #connect(
    tab: string,
    { query, onEvent, onConnection, signal }: {
      readonly query: () => string;
      readonly onEvent: (event: StreamEvent) => void;
      readonly onConnection: (connection: { readonly state: "live" }) => void;
      readonly signal: AbortSignal;
    },
  ): void {
    const places = new Map(
      parsePlaces(query()).map(({ topic, after }) => {
        const [epoch, number] = after?.split(".") ?? [];
        return [topic, epoch === "e" ? Number(number) : -1];
      }),
    );
    const tell = (): void => {
      if (this.#frozen.has(tab)) return;
      for (const [topic, from] of places) {
        if (from >= this.#points) continue;
        const first = Math.max(0, from);
        const news = Array.from({ length: this.#points - first }, (_, index) => first + index + 1);
        places.set(topic, this.#points);
        // Of another stream's place nothing can be continued.
        const resync = from < 0 ? "\nresync {}" : "";
        const data = `${topic} e.${this.#points}${resync}\nmetrics ${JSON.stringify(news)}`;
        onEvent({ type: "news", data, lastId: null });
      }
    };
    this.#opened++;
    this.#streams.add(tell);
    signal.addEventListener("abort", () => this.#streams.delete(tell));
    onConnection({ state: "live" });
    tell();
  }
}
