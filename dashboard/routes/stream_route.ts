/** Live events: `GET /api/v1/stream?sweep=…&after=<id>`, and the list's without `sweep`. */
import { type Context, Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { FleetSnapshot } from "../client/fleet/fleet_model.ts";
import type { SweepsSnapshot } from "../client/model.ts";
import { DEFAULT_LIMIT } from "../state/overview_snapshot.ts";
import { pageOf, sweepsSnapshot } from "../state/sweeps_snapshot.ts";
import { type FeedMessage, knowsAll, sweepFeed } from "../sweep_feed.ts";
import { pause } from "../waiting.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { fleetSnapshot } from "./fleet_routes.tsx";
import { limitOf, sweepOf } from "./query.ts";

const RETRY_MS = 1_000;
const LIST_MS = 2_000;
const HEARTBEAT_MS = 15_000;

/** The stream of events. */
export function streamRoute(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/stream", async (context) => {
    // A proxy that collects the answer before it passes it on would make live events late.
    context.header("x-accel-buffering", "no");
    const sweep = context.req.query("sweep");
    if (sweep === undefined) {
      return context.req.query("fleet") === undefined
        ? await sweepsStream(context, dashboard)
        : await fleetStream(context, dashboard);
    }
    return await sweepStream(context, { dashboard, sweep });
  });
  return app;
}

async function sweepStream(
  context: Context,
  { dashboard, sweep }: { readonly dashboard: DashboardContext; readonly sweep: string },
): Promise<Response> {
  const limit = limitOf(context) ?? DEFAULT_LIMIT;
  const after = context.req.header("last-event-id") ?? context.req.query("after") ?? null;
  const watched = await dashboard.live.watch(sweepOf(sweep));
  if (knowsAll(watched.sweep, after)) {
    watched[Symbol.dispose]();
    return context.body(null, 204); // an EventSource then stops asking
  }
  return streamSSE(context, async (stream) => {
    using held = watched;
    const signal = endOf(stream, dashboard.signal);
    await stream.write(`retry: ${RETRY_MS}\n\n`);
    const workers = () => dashboard.live.workers();
    const options = { after, limit, workers, clock: dashboard.clock, signal };
    for await (const message of sweepFeed(held.sweep, options)) await send(stream, message);
  });
}

function sweepsStream(context: Context, dashboard: DashboardContext): Promise<Response> {
  const { live, clock, natsAddress: address } = dashboard;
  const page = pageOf(context.req.query("page"));
  return listStream(context, dashboard, {
    event: "sweeps",
    read: async () => {
      const { now: _, ...rest } = sweepsSnapshot(await live.rows(), { now: 0, page, address });
      return rest;
    },
    bodyOf: (rest): SweepsSnapshot => ({ now: clock(), ...rest }),
  });
}

function fleetStream(context: Context, dashboard: DashboardContext): Promise<Response> {
  return listStream(context, dashboard, {
    event: "fleet",
    read: async () => {
      const { now: _, ...rest } = await fleetSnapshot(dashboard);
      return rest;
    },
    bodyOf: (rest): FleetSnapshot => ({ now: dashboard.clock(), ...rest }),
  });
}

interface WatchedList<List> {
  readonly event: string;
  /** What is told again once it is another. */
  readonly read: () => Promise<List>;
  readonly bodyOf: (list: List) => object;
}

async function listStream<List>(
  context: Context,
  dashboard: DashboardContext,
  { event, read, bodyOf }: WatchedList<List>,
): Promise<Response> {
  const { clock } = dashboard;
  // The first list is made before the headers go out, so that its failure is an honest status.
  let list = await read();
  return streamSSE(context, async (stream) => {
    const signal = endOf(stream, dashboard.signal);
    await stream.write(`retry: ${RETRY_MS}\n\n`);
    let told = "";
    let toldAt = clock();
    while (!signal.aborted) {
      const text = JSON.stringify(list);
      if (text !== told) {
        await stream.writeSSE({ event, data: JSON.stringify(bodyOf(list)) });
      } else if (clock() - toldAt >= HEARTBEAT_MS) await stream.write(": still here\n\n");
      if (text !== told || clock() - toldAt >= HEARTBEAT_MS) toldAt = clock();
      told = text;
      await pause(LIST_MS, signal);
      if (!signal.aborted) list = await read();
    }
  });
}

/** Aborts when the client goes or the dashboard ends. */
function endOf(stream: SSEStreamingApi, dashboard: AbortSignal): AbortSignal {
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  return AbortSignal.any([gone.signal, dashboard]);
}

/** Waits until the client has taken the message: a slow one gets fewer, larger ones. */
async function send(stream: SSEStreamingApi, message: FeedMessage): Promise<void> {
  if (message.type === "heartbeat") {
    await stream.write(": still here\n\n");
    return;
  }
  const id = "id" in message && message.id !== null ? { id: message.id } : {};
  const body = message.type === "state" || message.type === "metrics" ? message.body : {};
  await stream.writeSSE({ event: message.type, data: JSON.stringify(body), ...id });
}
