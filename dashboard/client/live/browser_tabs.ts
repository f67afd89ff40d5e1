/** How tabs of this browser find each other: a channel, and a lock that one of them holds. */
/// <reference lib="dom" />
import { readLiveStream } from "./live_stream.ts";
import { SharedLive, type SharedLiveOptions } from "./shared_live.ts";
import type { TabMessage } from "./tab_message.ts";

/** The script that this page has loaded; tabs of another build keep to themselves. */
export function ownScript(): string | null {
  return document.querySelector('script[src*="/assets/main-"]')?.getAttribute("src") ?? null;
}

/** This tab's part in the stream of the browser. */
export function shareLive(
  options: Pick<SharedLiveOptions, "onConnection" | "onHello">,
): SharedLive {
  return new SharedLive({
    ...options,
    // randomUUID() is for secure contexts alone.
    tab: String(Math.random()),
    tabs: canShare() ? browserTabs(`trawl-live ${ownScript()}`) : null,
    connect: ({ query, ...stream }) =>
      void readLiveStream({
        ...stream,
        url: () => `/api/v1/stream?topics=${encodeURIComponent(query())}`,
        now: Date.now,
      }),
    now: Date.now,
    random: Math.random,
  });
}

/** Plain HTTP from another machine is no secure context: such a browser has no locks. */
export function canShare(): boolean {
  return "locks" in navigator && "BroadcastChannel" in globalThis;
}

function browserTabs(name: string): NonNullable<SharedLiveOptions["tabs"]> {
  return {
    open: (take) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => take(data);
      return {
        post: (message) => channel.postMessage(message),
        close: () => channel.close(),
      };
    },
    lead: (hold, { steal, signal }) =>
      navigator.locks.request(name, steal ? { steal } : { signal }, hold).catch(() => {}),
  };
}
