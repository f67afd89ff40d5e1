/** The JSON interface under `/api/v1`. */
import { type Context, Hono } from "hono";
import { DEFAULT_LIMIT, overviewSnapshot } from "../state/overview_snapshot.ts";
import { pageOf, sweepsSnapshot } from "../state/sweeps_snapshot.ts";
import { curvesAnswer, type DashboardContext } from "./dashboard_context.ts";
import { limitOf, sweepOf, trialsOf } from "./query.ts";

/** Sweeps, snapshots and curves. */
export function apiRoutes({ live, clock, natsAddress }: DashboardContext): Hono {
  const app = new Hono();
  app.get("/sweeps", async (context) => {
    const page = pageOf(context.req.query("page"));
    const rows = await live.rows();
    return json(context, sweepsSnapshot(rows, { now: clock(), page, address: natsAddress }));
  });
  app.get("/sweeps/:id/snapshot", async (context) => {
    const limit = limitOf(context) ?? DEFAULT_LIMIT;
    using watched = await live.watch(sweepOf(context.req.param("id")));
    const workers = await live.workers() ?? [];
    return json(context, overviewSnapshot(watched.sweep, { now: clock(), workers, limit }));
  });
  app.get("/sweeps/:id/curves", async (context) => {
    const ask = { metric: context.req.query("metric") ?? null, trials: trialsOf(context) };
    using watched = await live.watch(sweepOf(context.req.param("id")));
    return json(context, curvesAnswer(watched.sweep, ask));
  });
  return app;
}

function json(context: Context, body: object): Response {
  context.header("cache-control", "no-store");
  return context.json(body);
}
