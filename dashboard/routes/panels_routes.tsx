/** The overview's panels: as markup for the page's script, and as JSON. */
import { type Context, Hono } from "hono";
import { AllPanels } from "../client/overview/panels.tsx";
import type { Panels } from "../client/overview/panels_model.ts";
import { renderHtml } from "../pages/render_html.ts";
import { panelsSnapshot, parsePlaneQuery } from "../state/panels_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";

/** `GET /s/:sweep/panels` and `GET /api/v1/sweeps/:sweep/panels`. */
export function panelsRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/s/:sweep/panels", async (context) => {
    const panels = await snapshotFor(context, dashboard);
    const kept = keptFields(new URL(context.req.url).searchParams);
    context.header("cache-control", "no-store");
    return context.html(renderHtml(AllPanels({ panels, kept })));
  });
  app.get("/api/v1/sweeps/:sweep/panels", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

/** What a form of the panels must not lose. */
export function keptFields(
  params: URLSearchParams,
): readonly (readonly [name: string, value: string])[] {
  return [...params].filter(([name]) => name !== "x" && name !== "y");
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
): Promise<Panels> {
  const params = new URL(context.req.url).searchParams;
  const query = parsePlaneQuery(params);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  return panelsSnapshot(watched.sweep, { query, params, now: clock() });
}
