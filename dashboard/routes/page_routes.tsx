/** The list of sweeps and the overview of one: complete HTML, readable without their script. */
import { Hono } from "hono";
import { PAGE_POINTS } from "../client/curves/page_points.ts";
import { Overview } from "../client/overview/overview.tsx";
import type { OverviewPageState, SweepsPageState } from "../client/page_state.ts";
import { PanelsIn } from "../client/overview/panels.tsx";
import { panelsSnapshot, parsePlaneQuery } from "../state/panels_snapshot.ts";
import { pageOf, sweepsSnapshot } from "../state/sweeps_snapshot.ts";
import { keptFields } from "./panels_routes.tsx";
import { filterIn } from "../client/parts/shared_filter.ts";
import { SweepList } from "../client/sweeps/sweep_list.tsx";
import { DEFAULT_LIMIT, overviewSnapshot } from "../state/overview_snapshot.ts";
import { curvesAnswer, type DashboardContext } from "./dashboard_context.ts";
import { limitOf, sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** The list of sweeps and each sweep's overview. */
export function pageRoutes(dashboard: DashboardContext): Hono {
  const { live, clock, natsAddress: address } = dashboard;
  const app = new Hono();
  app.get("/", async (context) => {
    const page = pageOf(context.req.query("page")) ?? 1;
    const rows = await live.rows();
    const snapshot = sweepsSnapshot(rows, { now: clock(), page, address });
    const state: SweepsPageState = {
      page: "sweeps",
      snapshot: { now: snapshot.now, page: snapshot.page },
    };
    return sendPage(context, {
      dashboard,
      title: "Sweeps",
      state,
      current: { page: "sweeps", isPart: false },
      content: SweepList({ snapshot }),
    });
  });
  app.get("/s/:sweep", async (context) => {
    const limit = limitOf(context);
    const metric = context.req.query("metric") ?? null;
    using watched = await live.watch(sweepOf(context.req.param("sweep")));
    const workers = await live.workers() ?? [];
    const snapshot = overviewSnapshot(watched.sweep, {
      now: clock(),
      workers,
      limit: limit ?? DEFAULT_LIMIT,
    });
    const curves = curvesAnswer(watched.sweep, { metric, trials: null, most: PAGE_POINTS });
    const params = new URL(context.req.url).searchParams;
    const plane = parsePlaneQuery(params);
    const panels = panelsSnapshot(watched.sweep, { query: plane, params, now: snapshot.now });
    const kept = keptFields(params);
    const filter = filterIn(params);
    const shown = { snapshot, curves, limit, plane, filter, address };
    const state: OverviewPageState = { page: "overview", ...shown };
    const content = Overview({
      ...shown,
      panels: (slot) => PanelsIn({ slot, panels, kept }),
    });
    const current = { page: "sweeps", isPart: true } as const;
    return sendPage(context, { dashboard, title: snapshot.facts.name, state, current, content });
  });
  return app;
}
