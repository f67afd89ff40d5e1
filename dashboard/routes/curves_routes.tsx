/** The Curves page; its JSON is `GET /api/v1/sweeps/:sweep/curves` with `points`. */
import { Hono } from "hono";
import type { CurvesPageState } from "../client/curves/curves_model.ts";
import { CurvesPage } from "../client/curves/curves_page.tsx";
import { type CurvesQuery, parseCurvesQuery } from "../client/curves/curves_query.ts";
import { curvesView, unreadableCurves } from "../state/curves_view.ts";
import { sweepSnapshot } from "../state/sweep_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { bucketsOf, sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** Buckets of each curve in the page itself: its script asks for as many as the screen has room for. */
const BUCKETS = 200;
const ALL_BUCKETS = 6_000;

/** `GET /s/:sweep/curves`. */
export function curvesRoutes(dashboard: DashboardContext): Hono {
  const { live, clock } = dashboard;
  const app = new Hono();
  app.get("/s/:sweep/curves", async (context) => {
    const { query, problem } = readable(new URL(context.req.url).searchParams);
    const points = bucketsOf(context) ?? BUCKETS;
    using watched = await live.watch(sweepOf(context.req.param("sweep")));
    const { sweep } = watched;
    const view = problem === null
      ? curvesView(sweep, query, { points, total: ALL_BUCKETS })
      : unreadableCurves(sweep, query, problem);
    const snapshot = { ...sweepSnapshot(sweep, { now: clock() }), view };
    const state: CurvesPageState = { page: "curves", snapshot };
    return sendPage(context, {
      dashboard,
      title: `Curves · ${snapshot.facts.name}`,
      state,
      current: { page: "sweeps", isPart: true },
      content: CurvesPage({ snapshot }),
    });
  });
  return app;
}

/** Who mistyped a filter gets the page back: of its fields a pack alone is read with the address. */
function readable(
  params: URLSearchParams,
): { readonly query: CurvesQuery; readonly problem: string | null } {
  try {
    return { query: parseCurvesQuery(params), problem: null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const rest = new URLSearchParams(params);
    rest.delete("pack");
    return { query: parseCurvesQuery(rest), problem: error.message };
  }
}
