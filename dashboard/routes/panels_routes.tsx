/** The overview's panels: as markup for the page's script, and as JSON. */
import { type Context, Hono } from "hono";
import type { PlaneFields } from "../client/model.ts";
import { filterIn } from "../client/parts/shared_filter.ts";
import { overviewHref } from "../client/overview/overview_href.ts";
import { AllPanels, type PanelsProps } from "../client/overview/panels.tsx";
import type { Panels } from "../client/overview/panels_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { renderHtml } from "../pages/render_html.ts";
import { filteredTrials } from "../state/filtered_trials.ts";
import { DEFAULT_LIMIT, overviewSnapshot } from "../state/overview_snapshot.ts";
import { panelsSnapshot, parsePlaneQuery } from "../state/panels_snapshot.ts";
import { leaderboardState } from "../state/ranking.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { limitOf, sweepOf } from "./query.ts";
import { drawingOf } from "./send_page.tsx";

/** `GET /s/:sweep/panels` and `GET /api/v1/sweeps/:sweep/panels`. */
export function panelsRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/s/:sweep/panels", async (context) => {
    using watched = await dashboard.live.watch(sweepOf(context.req.param("sweep")));
    const { parts } = await overviewParts(context, { dashboard, live: watched.sweep });
    context.header("cache-control", "no-store");
    return context.html(renderHtml(AllPanels(parts), drawingOf(context, dashboard)));
  });
  app.get("/api/v1/sweeps/:sweep/panels", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

/** What the overview is drawn from; its panels need all of it. */
export interface OverviewParts {
  /** The metric of the curves; null: the objective. */
  readonly metric: string | null;
  readonly limit: number | null;
  readonly plane: PlaneFields;
  /** See `shared_filter.ts`. */
  readonly filter: string;
  /** 1 for each trial that it lets through; null: all. */
  readonly mask: Uint8Array | null;
  readonly parts: PanelsProps;
}

/** The overview as an address asks for it. @throws {RequestError} */
export async function overviewParts(
  context: Context,
  { dashboard, live }: { readonly dashboard: DashboardContext; readonly live: LiveSweep },
): Promise<OverviewParts> {
  const limit = limitOf(context);
  const metric = context.req.query("metric") ?? null;
  const params = new URL(context.req.url).searchParams;
  const plane = parsePlaneQuery(params);
  const filter = filterIn(params);
  const workers = await dashboard.live.workers() ?? [];
  const now = dashboard.clock();
  const { mask } = filteredTrials(live.view, params);
  const snapshot = overviewSnapshot(live, { now, workers, limit: limit ?? DEFAULT_LIMIT, mask });
  const { facts } = snapshot;
  const { panels, shown } = panelsSnapshot(live, { query: plane, params, now });
  const parts = {
    panels,
    leaderboard: leaderboardState(live, limit ?? DEFAULT_LIMIT, shown),
    snapshot,
    hrefOfLimit: (rows: number) =>
      overviewHref(facts, { metric: metric ?? facts.metric, limit: rows, plane, filter }),
    kept: [...params],
  };
  return { metric, limit, plane, filter, mask, parts };
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
): Promise<Panels> {
  const params = new URL(context.req.url).searchParams;
  const query = parsePlaneQuery(params);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  return panelsSnapshot(watched.sweep, { query, params, now: clock() }).panels;
}
