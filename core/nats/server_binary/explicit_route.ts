/** The program that the user named. */
import type { RouteContext, RouteOutcome } from "./route.ts";
import { askServerVersion } from "./server_version.ts";

/** Takes the named program if it runs. */
export async function explicitRoute(context: RouteContext): Promise<RouteOutcome> {
  const { explicitPath: path, signal } = context;
  if (path === undefined || path === "") {
    return { status: "unavailable", reason: "NATS_SERVER_BIN is not set" };
  }
  const outcome = await askServerVersion(path, signal);
  return outcome.status === "usable"
    ? { status: "found", path, version: outcome.version, how: "named by NATS_SERVER_BIN" }
    : { status: "unavailable", reason: outcome.reason };
}
