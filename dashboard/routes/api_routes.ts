/** The JSON interface under `/api/v1`. */
import { type Context, Hono } from "hono";
import { filteredTrials } from "../state/filtered_trials.ts";
import { DEFAULT_LIMIT, overviewSnapshot } from "../state/overview_snapshot.ts";
import { parseCurvesQuery } from "../client/curves/curves_query.ts";
import { linesCsv, pointsCsv } from "../state/curves_csv.ts";
import { curvesView } from "../state/curves_view.ts";
import { pageOf, sweepsSnapshot } from "../state/sweeps_snapshot.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { curvesAnswer, type DashboardContext } from "./dashboard_context.ts";
import { RequestError } from "../problem.ts";
import { bucketsOf, limitOf, mostOf, sweepOf, trialsOf } from "./query.ts";
import { textStream } from "./text_stream.ts";

/** Of all curves of an answer together, about. */
const MOST_BUCKETS = 24_000;

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
    const mask = maskOf(context, watched.sweep);
    return json(context, overviewSnapshot(watched.sweep, { now: clock(), workers, limit, mask }));
  });
  app.get("/sweeps/:id/curves", async (context) => {
    const sweep = sweepOf(context.req.param("id"));
    const points = bucketsOf(context);
    if (points !== null) {
      const query = parseCurvesQuery(new URL(context.req.url).searchParams);
      using watched = await live.watch(sweep);
      return json(context, curvesView(watched.sweep, query, { points, total: MOST_BUCKETS }));
    }
    const metric = context.req.query("metric") ?? null;
    const ask = { metric, trials: trialsOf(context), most: mostOf(context) };
    using watched = await live.watch(sweep);
    const mask = maskOf(context, watched.sweep);
    return json(context, curvesAnswer(watched.sweep, { ...ask, mask }));
  });
  app.get("/sweeps/:id/curves.csv", async (context) => {
    const sweep = sweepOf(context.req.param("id"));
    const points = bucketsOf(context);
    const search = new URL(context.req.url).searchParams;
    const trials = trialsOf(context) ?? [];
    using watched = await live.watch(sweep);
    const { view } = watched.sweep;
    const metric = search.get("metric") || view.ledger.spec.metric.name;
    context.header("content-type", "text/csv; charset=utf-8; header=present");
    context.header("cache-control", "no-store");
    if (points === null) {
      const stranger = trials.find((id) => id >= view.ledger.trials.length);
      if (stranger !== undefined) throw new RequestError(`Cannot find trial ${stranger}`);
      return context.body(textStream(pointsCsv(view, { metric, trials })));
    }
    const query = parseCurvesQuery(search);
    const drawn = curvesView(watched.sweep, query, { points, total: MOST_BUCKETS });
    if (drawn.problem !== null) throw new RequestError(drawn.problem);
    return context.body(textStream(linesCsv(drawn)));
  });
  return app;
}

/** 1 for each trial that the address's filter lets through; null: all. @throws {RequestError} */
function maskOf(context: Context, { view }: LiveSweep): Uint8Array | null {
  const { filter: { problem }, mask } = filteredTrials(view, new URL(context.req.url).searchParams);
  if (problem !== null) throw new RequestError(problem);
  return mask;
}

function json(context: Context, body: object): Response {
  context.header("cache-control", "no-store");
  return context.json(body);
}
