/** Who acts, for the journal. */
import type { Context } from "hono";
import { roleOf } from "../access/role.ts";
import type { DashboardContext } from "../routes/dashboard_context.ts";

/** `dashboard`, with the role of whoever asks where readers have signed in. */
export function actorOf({ needsLogin }: DashboardContext, context: Context): string {
  return needsLogin ? `dashboard (${roleOf(context)})` : "dashboard";
}
