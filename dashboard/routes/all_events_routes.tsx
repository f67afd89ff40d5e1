/** The newest events of all sweeps: a page and its JSON. */
import { type Context, Hono } from "hono";
import { parseSweepId, type SweepId } from "../../core/domain/ids.ts";
import type { AllEventsQuery, AllEventsSnapshot } from "../client/events/all_events_model.ts";
import { AllEventsPage } from "../client/events/all_events_page.tsx";
import type { AllEventsPageState } from "../client/page_state.ts";
import type { LiveSweeps } from "../live_sweeps.ts";
import { type LoggedSweep, newestEvents } from "../state/newest_events.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** Sweeps that are looked through. */
const MOST_SWEEPS = 20;

/** `GET /events` and `GET /api/v1/events`. */
export function allEventsRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/events", async (context) => {
    const snapshot = await snapshotFor(context, dashboard);
    const state: AllEventsPageState = { page: "allEvents", snapshot: { now: snapshot.now } };
    return sendPage(context, {
      dashboard,
      title: "Events",
      state,
      current: { page: "events", isPart: false },
      content: AllEventsPage({ snapshot }),
    });
  });
  app.get("/api/v1/events", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

async function snapshotFor(
  context: Context,
  { live, clock }: DashboardContext,
): Promise<AllEventsSnapshot> {
  const query = queryOf(context);
  const { ids, all } = await latestSweeps(live);
  const asked = query.sweep === null ? ids : [sweepOf(query.sweep)];
  using watched = new DisposableStack();
  const logs: LoggedSweep[] = [];
  for (const id of asked) {
    const held = await live.watch(id).catch((error) => {
      // Of several sweeps one that cannot be read hides none of the others.
      if (query.sweep === null) return null;
      throw error;
    });
    if (held === null) continue;
    const { view, events } = watched.use(held).sweep;
    logs.push({ id, name: view.ledger.spec.name, ledger: view.ledger, log: events });
  }
  return {
    now: clock(),
    query,
    rows: newestEvents(logs, query),
    total: logs.reduce((sum, { log }) => sum + log.events.length, 0),
    sweeps: logs.map(({ id, name }) => ({ sweep: id, name })),
    allSweeps: all,
    kinds: [...new Set(logs.flatMap(({ log }) => log.events.map(({ event }) => event.type)))]
      .sort(),
  };
}

/** Those that go on, then those that something happened in last. */
async function latestSweeps(
  live: LiveSweeps,
): Promise<{ readonly ids: readonly SweepId[]; readonly all: number }> {
  const rows = await live.rows();
  const readable = rows.flatMap((row) => row.kind === "readable" ? [row] : []);
  const order = readable.sort((a, b) =>
    Number(a.progress.endedAt !== null) - Number(b.progress.endedAt !== null) ||
    b.progress.updatedAt - a.progress.updatedAt
  );
  return {
    ids: order.slice(0, MOST_SWEEPS).map(({ sweep }) => parseSweepId(sweep)),
    all: rows.length,
  };
}

/** Empty fields count as absent. */
function queryOf(context: Context): AllEventsQuery {
  const text = (name: string): string | null => context.req.query(name)?.trim() || null;
  return { sweep: text("sweep"), kind: text("kind"), worker: text("worker") };
}
