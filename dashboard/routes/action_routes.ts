/** What a page can ask a sweep's coordinator for. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { parseTrialId, type SweepId, type TrialId } from "../../core/domain/ids.ts";
import { CoordinatorAbsentError } from "../../core/protocol/ports.ts";
import { ConflictError } from "../problem.ts";
import type { DashboardContext } from "./dashboard_context.ts";
import { countOf, sweepOf } from "./query.ts";

/** A form here has one short field at most. */
const MAX_FORM_BYTES = 4_096;

/** Forms that change a sweep. A page of another site cannot post them. */
export function actionRoutes({ api, signal }: DashboardContext): Hono {
  const app = new Hono();
  app.post("/s/:sweep/retry", csrf(), bodyLimit({ maxSize: MAX_FORM_BYTES }), async (context) => {
    const sweep = sweepOf(context.req.param("sweep"));
    const trials = await trialsOf(context);
    const reply = await api.request("retry", { v: 1, sweep, trials, by: "dashboard" }, { signal })
      .catch((cause: unknown) => {
        throw new ConflictError(absence(sweep, trials, cause), { cause });
      });
    if (reply.type === "refused") throw new ConflictError(reply.message);
    return context.redirect(`/s/${sweep}`, 303);
  });
  return app;
}

/** The trial in the form; null: all that have failed. */
async function trialsOf(context: Context): Promise<readonly TrialId[] | null> {
  const { trial } = await context.req.parseBody();
  if (trial === undefined) return null;
  const text = typeof trial === "string" ? trial : "";
  return [parseTrialId(countOf(text, "trial", Number.MAX_SAFE_INTEGER))];
}

/** The dashboard runs no sweep: it can only say which command does. */
function absence(sweep: SweepId, trials: readonly TrialId[] | null, cause: unknown): string {
  const state = cause instanceof CoordinatorAbsentError
    ? "no coordinator of it can be reached at present"
    : cause instanceof Error
    ? cause.message
    : String(cause);
  const target = trials === null ? sweep : `${sweep}/${trials.join()}`;
  return `Cannot retry failed trials of sweep "${sweep}": ${state}. ` +
    `This command trains them: deno task trawl retry ${target}`;
}
