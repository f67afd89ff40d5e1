/** The list of sweeps and the overview of one: complete HTML, readable without their script. */
import { Hono } from "hono";
import type { VNode } from "preact";
import { PAGE_POINTS } from "../client/curves/page_points.ts";
import type { OverviewSnapshot } from "../client/model.ts";
import { Overview } from "../client/overview/overview.tsx";
import type { OverviewPageState, SweepsPageState } from "../client/page_state.ts";
import type { PanelSlot } from "../client/overview/panel_slot.ts";
import { PanelsIn } from "../client/overview/panels.tsx";
import { pageOf, sweepsSnapshot } from "../state/sweeps_snapshot.ts";
import { overviewParts } from "./panels_routes.tsx";
import { SweepList } from "../client/sweeps/sweep_list.tsx";
import { curvesAnswer, type DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
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
    using watched = await live.watch(sweepOf(context.req.param("sweep")));
    const overview = await overviewParts(context, { dashboard, live: watched.sweep });
    const { metric, limit, plane, filter, mask, parts } = overview;
    const { snapshot } = parts;
    const curves = curvesAnswer(watched.sweep, { metric, trials: null, most: PAGE_POINTS, mask });
    const shown = { curves, limit, plane, filter };
    const state: OverviewPageState = {
      page: "overview",
      snapshot: withoutRows(snapshot),
      ...shown,
    };
    const panels = (slot: PanelSlot): VNode => PanelsIn({ slot, ...parts });
    const content = Overview({ snapshot, ...shown, panels });
    const current = { page: "sweeps", isPart: true } as const;
    return sendPage(context, { dashboard, title: snapshot.facts.name, state, current, content });
  });
  return app;
}

/** The leaderboard is there to be seen: its script does not draw it. */
function withoutRows(snapshot: OverviewSnapshot): OverviewSnapshot {
  const { live } = snapshot;
  return { ...snapshot, live: { ...live, leaderboard: { ...live.leaderboard, rows: [] } } };
}
