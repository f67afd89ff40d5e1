/** The Compare page, and the same as JSON. */
import { type Context, Hono } from "hono";
import type { ComparePageState, CompareSnapshot } from "../client/compare/compare_model.ts";
import { ComparePage } from "../client/compare/compare_page.tsx";
import { parseCompareQuery } from "../client/compare/compare_query.ts";
import { compareSnapshot } from "../state/compare_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** Trials side by side. */
export function compareRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/s/:sweep/compare", async (context) => {
    const snapshot = await snapshotFor(context, dashboard);
    const state: ComparePageState = { page: "compare", snapshot };
    return sendPage(context, {
      dashboard,
      title: `Trials of ${snapshot.facts.name} side by side`,
      state,
      current: { page: "sweeps", isPart: true },
      content: ComparePage({ snapshot }),
    });
  });
  app.get("/api/v1/sweeps/:sweep/compare", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
): Promise<CompareSnapshot> {
  const query = parseCompareQuery(new URL(context.req.url).searchParams);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  return compareSnapshot(watched.sweep, query, { now: clock() });
}
