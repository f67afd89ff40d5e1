/** The Timeline page, the same as JSON, and all of it as a Chrome trace. */
import { type Context, Hono } from "hono";
import type { TimelinePageState } from "../client/page_state.ts";
import type { TimelineSnapshot } from "../client/timeline/timeline_model.ts";
import { TimelinePage } from "../client/timeline/timeline_page.tsx";
import { chromeTrace } from "../state/chrome_trace.ts";
import { parseTimelineQuery } from "../state/timeline.ts";
import { timelineSnapshot, timelineSource } from "../state/timeline_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { withoutPage } from "../state/sweep_snapshot.ts";
import { sendPage } from "./send_page.tsx";
import { textStream } from "./text_stream.ts";

/** `GET /s/:sweep/timeline`, `GET /api/v1/sweeps/:sweep/timeline` and `…/trace.json`. */
export function timelineRoutes(dashboard: DashboardContext): Hono {
  const { live, clock } = dashboard;
  const app = new Hono();
  app.get("/s/:sweep/timeline", async (context) => {
    const snapshot = await snapshotFor(context, dashboard);
    const { window, lengthMs } = snapshot;
    const state: TimelinePageState = {
      page: "timeline",
      snapshot: { ...withoutPage(snapshot), window, lengthMs },
    };
    return sendPage(context, {
      dashboard,
      title: `Timeline of ${snapshot.facts.name}`,
      state,
      current: { page: "sweeps", isPart: true },
      content: TimelinePage({ snapshot }),
    });
  });
  app.get("/api/v1/sweeps/:sweep/timeline", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  app.get("/api/v1/sweeps/:sweep/trace.json", async (context) => {
    const sweep = sweepOf(context.req.param("sweep"));
    using watched = await live.watch(sweep);
    const { attempts, ...times } = timelineSource(watched.sweep, { now: clock() });
    context.header("content-type", "application/json");
    context.header("content-disposition", `attachment; filename="${sweep}.trace.json"`);
    context.header("cache-control", "no-store");
    // A copy: the sweep may go on while it is being sent.
    return context.body(textStream(chromeTrace({ attempts: [...attempts], ...times }, { sweep })));
  });
  return app;
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
): Promise<TimelineSnapshot> {
  const params = new URL(context.req.url).searchParams;
  const query = parseTimelineQuery(params);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  return timelineSnapshot(watched.sweep, { query, params, now: clock() });
}
