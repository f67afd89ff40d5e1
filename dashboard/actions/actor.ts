/** Who acts, for the journal. */
import type { Context } from "hono";
import type { DashboardContext } from "../routes/dashboard_context.ts";

/** `dashboard`, with the role of whoever asks where roles are told apart. */
export function actorOf({ roleOf }: DashboardContext, context: Context): string {
  const role = roleOf?.(context) ?? null;
  return role === null ? "dashboard" : `dashboard (${role})`;
}
