/** Buttons: forms that ask a sweep's coordinator for something, and lead to the page that shows it. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { actorOf } from "../actions/actor.ts";
import { askCoordinator } from "../actions/ask_coordinator.ts";
import type { Deed } from "../actions/deed.ts";
import { drainWorker, workerOf } from "../actions/drain_worker.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { countOf, sweepOf } from "./query.ts";

/** A form here has one short field at most. */
const MAX_FORM_BYTES = 4_096;

/** Forms that change a sweep. A page of another site cannot post them. */
export function actionRoutes(dashboard: DashboardContext): Hono {
  const app = new Hono();
  const guards = [csrf(), bodyLimit({ maxSize: MAX_FORM_BYTES })] as const;
  const ask = async (context: Context, deed: Deed, next = ""): Promise<Response> => {
    const sweep = sweepOf(context.req.param("sweep"));
    await askCoordinator(dashboard, { sweep, deed, by: actorOf(dashboard, context) });
    return context.redirect(`/s/${sweep}${next}`, 303);
  };
  for (const action of ["pause", "resume", "stop"] as const) {
    app.post(
      `/s/:sweep/${action}`,
      ...guards,
      (context) => ask(context, { kind: "control", action }),
    );
  }
  app.post("/s/:sweep/retry", ...guards, async (context) => {
    const { trial } = await context.req.parseBody();
    if (trial === undefined) return await ask(context, { kind: "retry", trials: null });
    const trials = [trialOf(typeof trial === "string" ? trial : "")];
    return await ask(context, { kind: "retry", trials });
  });
  app.post("/s/:sweep/t/:trial/stop", ...guards, async (context) => {
    const trial = trialOf(context.req.param("trial"));
    return await ask(context, { kind: "stopTrials", trials: [trial] }, `/t/${trial}`);
  });
  app.post("/fleet/:worker/drain", ...guards, async (context) => {
    const worker = workerOf(context.req.param("worker"));
    const sweeps = await drainWorker(dashboard, { worker, by: actorOf(dashboard, context) });
    const query = new URLSearchParams({ asked: sweeps.join() });
    return context.redirect(`/fleet/${worker}/drain?${query}`, 303);
  });
  return app;
}

function trialOf(text: string): TrialId {
  return parseTrialId(countOf(text, "trial", Number.MAX_SAFE_INTEGER));
}
