/** The Fleet page and its JSON. */
import { type Context, Hono } from "hono";
import { type PackId, parseSweepId, type SweepId } from "../../core/domain/ids.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { FLEET_STATES, type FleetSnapshot } from "../client/fleet/fleet_model.ts";
import { FLEET_ORDERS, type FleetView } from "../client/fleet/fleet_order.ts";
import type { FleetPageState } from "../client/page_state.ts";
import { FleetPage } from "../client/fleet/fleet_page.tsx";
import type { LiveSweep } from "../live_sweep.ts";
import type { LiveSweeps } from "../live_sweeps.ts";
import { RequestError } from "../problem.ts";
import { ACTIVITY_MS, fleetActivity } from "../state/fleet_activity.ts";
import { type FleetKnowledge, fleetRows } from "../state/fleet_rows.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sendPage } from "./send_page.tsx";

/** `GET /fleet` and `GET /api/v1/fleet`. */
export function fleetRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/fleet", async (context) => {
    const snapshot = await fleetSnapshot(dashboard);
    const view = viewIn(context);
    const state: FleetPageState = { page: "fleet", snapshot: { now: snapshot.now } };
    return sendPage(context, {
      dashboard,
      title: "Fleet",
      state,
      current: { page: "fleet", isPart: false },
      content: FleetPage({ snapshot, view }),
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
  const known = workers === null || workers.length === 0
    ? { now }
    : await fleetKnowledge(live, { workers, now });
  const loadsOf = (worker: string) => live.loads.of(worker, now);
  return {
    now,
    workers: fleetRows(workers ?? [], { ...known, loadsOf }),
    isKnown: workers !== null,
    address: natsAddress,
  };
}

/** What the journals of sweeps that go on, or went on a few minutes ago, say of the workers. */
async function fleetKnowledge(
  live: LiveSweeps,
  { workers, now }: { readonly workers: readonly Presence[]; readonly now: number },
): Promise<FleetKnowledge> {
  // Workers tell of themselves even while journals cannot be read.
  const rows = await live.rows().catch(() => null);
  if (rows === null) return { now };
  using watched = new DisposableStack();
  const sweeps = new Map<SweepId, LiveSweep>();
  for (const row of rows) {
    if (row.kind !== "readable" || now - (row.progress.endedAt ?? now) > ACTIVITY_MS) continue;
    const id = parseSweepId(row.sweep);
    const held = await live.watch(id).catch(() => null);
    if (held !== null) sweeps.set(id, watched.use(held).sweep);
  }
  const worked = [...sweeps.values()].map(({ attempts, events }) => ({
    attempts: attempts.all,
    events: events.events,
  }));
  const packs = workers.flatMap((worker) => worker.packs);
  const trials = new Map(packs.map(({ sweep, pack }) => [
    `${sweep}/${pack}`,
    liveTrials(sweeps.get(sweep), pack),
  ]));
  return {
    now,
    activity: fleetActivity(workers, { sweeps: worked, now }),
    trialsOf: (sweep, pack) => trials.get(`${sweep}/${pack}`) ?? [],
  };
}

/** A worker may be ahead of the journal, and hold what that does not know. */
function liveTrials(sweep: LiveSweep | undefined, pack: PackId): readonly number[] {
  try {
    return sweep?.view.ledger.liveTrials(pack) ?? [];
  } catch {
    return [];
  }
}

/** `state`: the workers to list; `sort`: in which order. Empty fields are none. @throws {RequestError} */
function viewIn(context: Context): FleetView {
  const state = context.req.query("state") || null;
  const order = context.req.query("sort") || "host";
  return {
    state: state === null ? null : oneOf(FLEET_STATES, state, "list workers that are"),
    order: oneOf(FLEET_ORDERS, order, "sort workers by"),
  };
}

function oneOf<T extends string>(known: readonly T[], asked: string, act: string): T {
  const found = known.find((one) => one === asked);
  if (found !== undefined) return found;
  throw new RequestError(
    `Cannot ${act} "${asked.slice(0, 80)}": it must be one of ${known.join(", ")}`,
  );
}
