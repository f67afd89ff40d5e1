/** The Fleet page and its JSON. */
import { Hono } from "hono";
import type { FleetPageState, FleetSnapshot } from "../client/fleet/fleet_model.ts";
import { FleetPage } from "../client/fleet/fleet_page.tsx";
import { fleetRows } from "../state/fleet_rows.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sendPage } from "./send_page.tsx";

/** `GET /fleet` and `GET /api/v1/fleet`. */
export function fleetRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/fleet", async (context) => {
    const snapshot = await fleetSnapshot(dashboard);
    const state: FleetPageState = { page: "fleet", snapshot };
    return sendPage(context, {
      dashboard,
      title: "Fleet",
      state,
      current: { page: "fleet", isPart: false },
      content: FleetPage({ snapshot }),
    });
  });
  app.get("/api/v1/fleet", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await fleetSnapshot(dashboard));
  });
  return app;
}

/** All workers now. */
export async function fleetSnapshot(
  { live, clock, natsAddress }: DashboardContext,
): Promise<FleetSnapshot> {
  const workers = await live.workers();
  const now = clock();
  return {
    now,
    workers: fleetRows(workers ?? [], { now }),
    isKnown: workers !== null,
    address: natsAddress,
  };
}
