/** The Parameters page and its JSON. */
import { type Context, Hono } from "hono";
import { ParametersPage } from "../client/parameters/parameters_page.tsx";
import type { ParametersPageState } from "../client/page_state.ts";
import type { ParametersSnapshot } from "../client/parameters/parameters_model.ts";
import { parametersSnapshot, readableParameters } from "../state/parameters_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** `GET /s/:sweep/params` and `GET /api/v1/sweeps/:sweep/params`. */
export function parametersRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/s/:sweep/params", async (context) => {
    const page = await snapshotFor(context, dashboard, readableParameters);
    const { now, asOf, facts, progress } = page;
    const state: ParametersPageState = {
      page: "parameters",
      snapshot: { now, asOf, facts, progress },
    };
    return sendPage(context, {
      dashboard,
      title: `Parameters · ${facts.name}`,
      state,
      current: { page: "sweeps", isPart: true },
      content: ParametersPage({ page }),
    });
  });
  app.get("/api/v1/sweeps/:sweep/params", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
  make = parametersSnapshot,
): Promise<ParametersSnapshot> {
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  const query = new URL(context.req.url).searchParams;
  return await make(watched.sweep, { query, now: clock() });
}
