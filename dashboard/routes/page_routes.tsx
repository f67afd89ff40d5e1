/** The pages: complete HTML, readable before and without their script. */
import { type Context, Hono } from "hono";
import type { VNode } from "preact";
import type { PageState } from "../client/fold.ts";
import { Overview } from "../client/overview.tsx";
import { SweepList } from "../client/sweep_list.tsx";
import { renderHtml } from "../pages/render_html.ts";
import { Shell } from "../pages/shell.tsx";
import { DEFAULT_LIMIT, overviewSnapshot } from "../state/overview_snapshot.ts";
import { curvesAnswer, type DashboardContext } from "./dashboard_context.ts";
import { limitOf, sweepOf } from "./query.ts";

/** The list of sweeps and each sweep's overview. */
export function pageRoutes(dashboard: DashboardContext): Hono {
  const { live, clock } = dashboard;
  const app = new Hono();
  app.get("/", async (context) => {
    const snapshot = { now: clock(), sweeps: await live.rows() };
    const state: PageState = { page: "sweeps", snapshot };
    return page(context, { dashboard, title: "Sweeps", state, content: SweepList({ snapshot }) });
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
    const curves = curvesAnswer(watched.sweep, { metric, trials: null });
    const state: PageState = { page: "overview", snapshot, curves, limit };
    const content = Overview({ snapshot, curves, limit });
    return page(context, { dashboard, title: snapshot.facts.name, state, content });
  });
  return app;
}

interface Page {
  readonly dashboard: DashboardContext;
  readonly title: string;
  readonly state: PageState;
  readonly content: VNode;
}

function page(
  context: Context,
  { dashboard, title, state, content }: Page,
): Response | Promise<Response> {
  context.header("cache-control", "no-store");
  const document = (
    <Shell
      title={title}
      version={dashboard.version}
      clientBundle={dashboard.clientBundle}
      now={state.snapshot.now}
      state={state}
    >
      {content}
    </Shell>
  );
  return context.html(renderHtml(document));
}
