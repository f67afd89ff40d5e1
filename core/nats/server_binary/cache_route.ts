/** The program that an earlier run fetched, and the only way into that cache. */
import { join } from "node:path";
import type { RouteContext, RouteOutcome } from "./route.ts";
import { programName } from "./server_platform.ts";
import { askServerVersion } from "./server_version.ts";

/** Takes the cached program if it runs. */
export async function cacheRoute(context: RouteContext): Promise<RouteOutcome> {
  const path = cachedPath(context);
  try {
    await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return { status: "unavailable", reason: `nothing in ${context.cacheDir} yet` };
    }
    return { status: "unavailable", reason: `cannot read ${path}: ${messageOf(error)}` };
  }
  const outcome = await askServerVersion(path, context.signal);
  return outcome.status === "usable"
    ? { status: "found", path, version: outcome.version, how: "fetched by an earlier run" }
    : { status: "unavailable", reason: outcome.reason };
}

/**
 * Runs `make` in a fresh folder inside the cache, verifies the program whose path it returns, and
 * moves it to its place in one step, so that two processes may do this at once and a killed one
 * leaves nothing that looks whole.
 */
export async function installInCache(
  context: RouteContext,
  how: string,
  make: (folder: string) => Promise<string>,
): Promise<RouteOutcome> {
  let folder: string;
  try {
    await Deno.mkdir(context.cacheDir, { recursive: true });
    folder = await Deno.makeTempDir({ dir: context.cacheDir, prefix: "fetching-" });
  } catch (error) {
    return {
      status: "unavailable",
      reason: `cannot write ${context.cacheDir}: ${messageOf(error)}`,
    };
  }
  try {
    const made = await make(folder);
    const outcome = await askServerVersion(made, context.signal);
    if (outcome.status === "unusable") return { status: "unavailable", reason: outcome.reason };
    const path = cachedPath(context);
    await Deno.rename(made, path);
    return { status: "found", path, version: outcome.version, how };
  } catch (error) {
    if (context.signal?.aborted) throw context.signal.reason;
    return { status: "unavailable", reason: messageOf(error) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function cachedPath(context: RouteContext): string {
  return join(context.cacheDir, programName("nats-server", context.platform));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
