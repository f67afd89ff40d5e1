/** The Events page and its JSON. */
import { type Context, Hono } from "hono";
import type { EventsSnapshot } from "../client/events/events_model.ts";
import { EventsPage } from "../client/events/events_page.tsx";
import type { EventsPageState } from "../client/page_state.ts";
import { eventsSnapshot, parseEventsQuery } from "../state/event_page.ts";
import { withoutPage } from "../state/sweep_snapshot.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** `GET /s/:sweep/events` and `GET /api/v1/sweeps/:sweep/events`. */
export function eventsRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/s/:sweep/events", async (context) => {
    const snapshot = await snapshotFor(context, dashboard);
    const state: EventsPageState = { page: "events", snapshot: withoutPage(snapshot) };
    return sendPage(context, {
      dashboard,
      title: `Events of ${snapshot.facts.name}`,
      state,
      current: { page: "sweeps", isPart: true },
      content: EventsPage({ snapshot }),
    });
  });
  app.get("/api/v1/sweeps/:sweep/events", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
): Promise<EventsSnapshot> {
  const query = parseEventsQuery(new URL(context.req.url).searchParams);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  return eventsSnapshot(watched.sweep, { query, now: clock() });
}
