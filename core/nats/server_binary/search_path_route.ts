/** A program that the system already has. */
import { join } from "node:path";
import type { RouteContext, RouteOutcome } from "./route.ts";
import { programName } from "./server_platform.ts";
import { askServerVersion } from "./server_version.ts";

/** Takes the first usable `nats-server` in `PATH`, then in the system's usual folders. */
export async function searchPathRoute(context: RouteContext): Promise<RouteOutcome> {
  const refused: string[] = [];
  for (const directory of searchDirectories(context)) {
    const path = join(directory, programName("nats-server", context.platform));
    if (!await isFile(path)) continue;
    const outcome = await askServerVersion(path, context.signal);
    if (outcome.status === "usable") {
      return { status: "found", path, version: outcome.version, how: `found in ${directory}` };
    }
    refused.push(outcome.reason);
  }
  const reason = refused.length > 0
    ? refused.join("; ")
    : "no nats-server in PATH or the system's usual folders";
  return { status: "unavailable", reason };
}

/** The full path of a program in `PATH`, or undefined. */
export async function findProgram(
  name: string,
  context: Pick<RouteContext, "searchPath" | "platform">,
): Promise<string | undefined> {
  for (const directory of pathDirectories(context)) {
    const path = join(directory, programName(name, context.platform));
    if (await isFile(path)) return path;
  }
  return undefined;
}

function searchDirectories(context: RouteContext): ReadonlySet<string> {
  return new Set([...pathDirectories(context), ...context.systemDirectories]);
}

function pathDirectories(
  context: Pick<RouteContext, "searchPath" | "platform">,
): readonly string[] {
  const separator = context.platform.os === "windows" ? ";" : ":";
  return context.searchPath.split(separator).filter((directory) => directory !== "");
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    // A folder of PATH may be missing or closed to us: nothing to find there either way.
    return false;
  }
}
