/**
 * Live events. `GET /api/v1/stream?topics=sweep/ID@AFTER,fleet` tells a browser of all that its tabs
 * show; `?sweep=ID&after=AFTER`, `?fleet` and none (the list) are plain streams of one thing each.
 */
import { type Context, Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { FleetSnapshot } from "../client/fleet/fleet_model.ts";
import { MOST_TOPICS, parsePlaces, parseTopic, type Topic } from "../client/live/topic.ts";
import type { SweepsSnapshot } from "../client/model.ts";
import { requestIdOf } from "../access/request_ids.ts";
import { problemResponse, RequestError } from "../problem.ts";
import { DEFAULT_LIMIT } from "../state/overview_snapshot.ts";
import { Outbox } from "../stream/outbox.ts";
import { orStall } from "../stream/stall.ts";
import { NoSeatError } from "../stream/stream_seats.ts";
import {
  fleetOf,
  listBodies,
  sweepsOf,
  topicFeed,
  type WatchedList,
} from "../stream/topic_feed.ts";
import { pageOf } from "../state/sweeps_snapshot.ts";
import { type FeedMessage, knowsAll, sweepFeed } from "../sweep_feed.ts";
import { pause } from "../waiting.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { checkLimit, limitOf, sweepOf } from "./query.ts";

const RETRY = "retry: 1000\n\n";
const HEARTBEAT = ": still here\n\n";
const HEARTBEAT_MS = 15_000;

/** The stream of events. */
export function streamRoute(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/stream", async (context) => {
    // A proxy that collects the answer before it passes it on would make live events late.
    context.header("x-accel-buffering", "no");
    // Nobody reads the events that answer a HEAD, so nothing would ever end them.
    if (context.req.method === "HEAD") {
      return context.body(null, 200, { "content-type": "text/event-stream" });
    }
    try {
      return await openStream(context, dashboard);
    } catch (error) {
      if (!(error instanceof NoSeatError)) throw error;
      const title = "Too many streams";
      const problem = {
        type: "about:blank",
        title,
        status: 503,
        detail: error.message,
        requestId: requestIdOf(context),
      } as const;
      const response = problemResponse(problem);
      response.headers.set("retry-after", String(error.retryAfterSeconds));
      return response;
    }
  });
  return app;
}

function openStream(context: Context, dashboard: DashboardContext): Promise<Response> {
  const topics = context.req.query("topics");
  if (topics !== undefined) return topicsStream(context, { dashboard, topics });
  const sweep = context.req.query("sweep");
  if (sweep !== undefined) return sweepStream(context, { dashboard, sweep });
  const page = pageOf(context.req.query("page"));
  return context.req.query("fleet") === undefined
    ? listStream(context, dashboard, {
      event: "sweeps",
      read: () => sweepsOf(dashboard, page),
      bodyOf: (rest): SweepsSnapshot => ({ now: dashboard.clock(), ...rest }),
    })
    : listStream(context, dashboard, {
      event: "fleet",
      read: () => fleetOf(dashboard),
      bodyOf: (rest): FleetSnapshot => ({ now: dashboard.clock(), ...rest }),
    });
}

async function topicsStream(
  context: Context,
  { dashboard, topics }: { readonly dashboard: DashboardContext; readonly topics: string },
): Promise<Response> {
  const places = placesOf(topics);
  return await seated(context, dashboard, async (stream, { signal, end, write }) => {
    const { version, clientBundle: { script } } = dashboard;
    const hello = JSON.stringify({ version, script: script?.path ?? null });
    await write(`${RETRY}event: hello\ndata: ${hello}\n\n`);
    const outbox = new Outbox({
      write: async (text) => void await stream.write(text),
      signal,
      onStall: end,
      stallMs: dashboard.stallMs,
    });
    const feeds = places.map(async (place) => {
      for await (const text of topicFeed(dashboard, { ...place, signal })) await outbox.put(text);
    });
    await Promise.all([outbox.run(), ...feeds]);
  });
}

/** @throws {RequestError} If one of them is no topic, or they are too many. */
function placesOf(
  text: string,
): readonly { readonly topic: Topic; readonly after: string | null }[] {
  const places = parsePlaces(text);
  if (places.length === 0 || places.length > MOST_TOPICS) {
    throw new RequestError(
      `Cannot stream ${places.length} topics: they must be from 1 to ${MOST_TOPICS}`,
    );
  }
  return places.map(({ topic: name, after }) => {
    const topic = parseTopic(name);
    if (topic === null) {
      throw new RequestError(
        `Cannot read topic "${
          name.slice(0, 80)
        }": it must be sweeps, sweeps/PAGE, fleet, news/ID, sweep/ID or sweep/ID/LIMIT`,
      );
    }
    if ("sweep" in topic) sweepOf(topic.sweep);
    if (topic.kind === "sweep" && topic.limit !== null) checkLimit(topic.limit);
    return { topic, after };
  });
}

async function sweepStream(
  context: Context,
  { dashboard, sweep }: { readonly dashboard: DashboardContext; readonly sweep: string },
): Promise<Response> {
  const limit = limitOf(context) ?? DEFAULT_LIMIT;
  const after = context.req.header("last-event-id") ?? context.req.query("after") ?? null;
  const watched = await dashboard.live.watch(sweepOf(sweep));
  try {
    // An EventSource then stops asking.
    if (knowsAll(watched.sweep, after)) return context.body(null, 204);
    return await seated(context, dashboard, async (_stream, { signal, write }) => {
      using held = await dashboard.live.watch(sweepOf(sweep));
      await write(RETRY);
      const workers = () => dashboard.live.workers();
      const extent = { kind: "all", limit } as const;
      const options = { after, extent, workers, clock: dashboard.clock, signal };
      for await (const messages of sweepFeed(held.sweep, options)) {
        await write(messages.map(textOf).join(""));
      }
    });
  } finally {
    watched[Symbol.dispose]();
  }
}

async function listStream<List>(
  context: Context,
  dashboard: DashboardContext,
  list: Omit<WatchedList<List>, "signal">,
): Promise<Response> {
  // The first list is made before the headers go out, so that its failure is an honest status.
  await list.read();
  return await seated(context, dashboard, async (_stream, { signal, write }) => {
    await write(RETRY);
    const beating = beat(write, signal);
    for await (const body of listBodies({ ...list, signal })) {
      await write(`event: ${list.event}\ndata: ${body}\n\n`);
    }
    await beating;
  });
}

async function beat(write: Listening["write"], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(HEARTBEAT_MS, signal);
    if (!signal.aborted) await write(HEARTBEAT);
  }
}

interface Listening {
  /** Aborts when the client goes, the stream was ended or the dashboard is. */
  readonly signal: AbortSignal;
  readonly end: () => void;
  /**
   * Resolves when the connection has taken the text, as slowly as the client reads: one that takes
   * nothing for too long is ended, whatever its connection says.
   */
  readonly write: (text: string) => Promise<void>;
}

/** A stream with a seat of its own, from now until it ends. @throws {NoSeatError} */
function seated(
  context: Context,
  dashboard: DashboardContext,
  run: (stream: SSEStreamingApi, listening: Listening) => Promise<void>,
): Promise<Response> | Response {
  const seat = dashboard.seats.take();
  return streamSSE(context, async (stream) => {
    using _held = seat;
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const signal = AbortSignal.any([gone.signal, dashboard.signal]);
    const end = (): void => stream.abort();
    const write = async (text: string): Promise<void> => {
      const taken = stream.write(text).then(() => {});
      await orStall(taken, { onStall: end, stallMs: dashboard.stallMs });
    };
    try {
      await run(stream, { signal, end, write });
    } finally {
      gone.abort();
    }
  });
}

function textOf(message: FeedMessage): string {
  if (message.type === "heartbeat") return HEARTBEAT;
  const id = "id" in message && message.id !== null ? `id: ${message.id}\n` : "";
  const body = "body" in message ? message.body : "{}";
  return `event: ${message.type}\ndata: ${body}\n${id}\n`;
}
