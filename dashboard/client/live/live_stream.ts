/** A browser's one connection for news: server-sent events over fetch, resumed by event id. */

/** One event of a stream. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
  /** The id to resume from; null before the first one. */
  readonly lastId: string | null;
}

/** How the connection is. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "waiting"; readonly retryAt: number };

/** What a stream tells its owner, and where it begins. */
export interface LiveStreamOptions {
  /** Where to ask, anew for each connection: it says what is known already. */
  readonly url: () => string;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Without a byte for this long, heartbeats included, the connection counts as lost. */
  readonly silenceMs?: number;
  readonly firstRetryMs?: number;
}

const MAX_RETRY_MS = 15_000;

/**
 * Reads until the signal aborts; never throws. `EventSource` would do less: it hides heartbeats, so
 * that a dead connection looks alive, and it gives up after an HTTP error.
 */
export async function readLiveStream(options: LiveStreamOptions): Promise<void> {
  const { signal, now, onConnection, firstRetryMs = 1_000 } = options;
  let retryMs = firstRetryMs;
  while (!signal.aborted) {
    onConnection({ state: "connecting" });
    let leastMs = 0;
    try {
      for await (const event of connect(options)) {
        if (typeof event === "number") leastMs = event;
        else if (event !== "open") options.onEvent(event);
        else {
          retryMs = firstRetryMs;
          onConnection({ state: "live" });
        }
      }
    } catch {
      // Whatever broke, the answer is the same: wait, then ask for what came after the last id.
    }
    if (signal.aborted) return;
    const waitMs = Math.max(leastMs, retryMs);
    onConnection({ state: "waiting", retryAt: now() + waitMs });
    await wait(waitMs, signal);
    retryMs = Math.min(MAX_RETRY_MS, retryMs * 2);
  }
}

/** Events; first "open", or how long the server wants to be left alone, in milliseconds. */
async function* connect(options: LiveStreamOptions): AsyncGenerator<StreamEvent | "open" | number> {
  const { url, silenceMs = 40_000 } = options;
  const dead = new AbortController();
  const signal = AbortSignal.any([options.signal, dead.signal]);
  let timer = setTimeout(() => dead.abort(), silenceMs);
  try {
    const headers = { accept: "text/event-stream" };
    const response = await fetch(url(), { headers, signal, cache: "no-store" });
    if (response.status !== 200 || response.body === null) {
      yield 1_000 * (Number(response.headers.get("retry-after")) || 0);
      return await response.body?.cancel();
    }
    yield "open";
    const parser = new EventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => dead.abort(), silenceMs);
      yield* parser.push(chunk.value);
    }
  } finally {
    clearTimeout(timer);
    dead.abort();
  }
}

/** Takes text apart into events, as the HTML standard's event stream grammar has them. */
export class EventParser {
  #buffer = "";
  #lastId: string | null = null;

  /** The events that this chunk completes. */
  push(chunk: string): readonly StreamEvent[] {
    this.#buffer += chunk;
    const blocks = this.#buffer.split(/\r?\n\r?\n/);
    this.#buffer = blocks.pop() ?? "";
    return blocks.flatMap((block) => this.#parse(block));
  }

  #parse(block: string): readonly StreamEvent[] {
    let type = "message";
    const data: string[] = [];
    for (const line of block.split(/\r?\n/)) {
      const colon = line.indexOf(":");
      if (colon <= 0) continue;
      const value = line.slice(colon + 1).replace(/^ /, "");
      const field = line.slice(0, colon);
      if (field === "event") type = value;
      if (field === "data") data.push(value);
      if (field === "id") this.#lastId = value;
    }
    return data.length === 0 ? [] : [{ type, data: data.join("\n"), lastId: this.#lastId }];
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
