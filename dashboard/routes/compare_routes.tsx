/** The Compare page, and the same as JSON. */
import { type Context, Hono } from "hono";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { CompareSnapshot, ConfusionChange } from "../client/compare/compare_model.ts";
import { ComparePage } from "../client/compare/compare_page.tsx";
import { type CompareQuery, parseCompareQuery } from "../client/compare/compare_query.ts";
import type { ComparePageState } from "../client/page_state.ts";
import { comparedTrials, compareSnapshot } from "../state/compare_snapshot.ts";
import { withoutPage } from "../state/sweep_snapshot.ts";
import { confusionChange } from "../state/confusion_change.ts";
import type { TrialResults } from "../trial_results.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { sweepOf } from "./query.ts";
import { sendPage } from "./send_page.tsx";

/** Trials side by side. */
export function compareRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  app.get("/s/:sweep/compare", async (context) => {
    const snapshot = await snapshotFor(context, dashboard);
    const state: ComparePageState = { page: "compare", snapshot: withoutPage(snapshot) };
    return sendPage(context, {
      dashboard,
      title: `Trials of ${snapshot.facts.name} side by side`,
      state,
      current: { page: "sweeps", isPart: true },
      content: ComparePage({ snapshot }),
    });
  });
  app.get("/api/v1/sweeps/:sweep/compare", async (context) => {
    context.header("cache-control", "no-store");
    return context.json(await snapshotFor(context, dashboard));
  });
  return app;
}

async function snapshotFor(
  context: Context,
  { live, clock, results }: DashboardContext,
): Promise<CompareSnapshot> {
  const query = parseCompareQuery(new URL(context.req.url).searchParams);
  using watched = await live.watch(sweepOf(context.req.param("sweep")));
  const { sweep } = watched;
  const confusion = await confusionFor(comparedTrials(sweep.view, query), { query, results });
  return compareSnapshot(sweep, query, { now: clock(), confusion });
}

async function confusionFor(
  trials: readonly Trial[],
  { query, results }: { readonly query: CompareQuery; readonly results: TrialResults },
): Promise<ConfusionChange | null> {
  const [from, second] = trials;
  const to = trials.find(({ id }) => id !== from?.id && id === query.against) ?? second;
  if (from === undefined || to === undefined) return null;
  try {
    const [before, after] = await Promise.all([results.of(from), results.of(to)]);
    return confusionChange({ trial: from.id, result: before }, { trial: to.id, result: after });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "none", message: `The results cannot be read: ${reason}` };
  }
}
