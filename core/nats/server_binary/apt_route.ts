/** Debian's and Ubuntu's own package, unpacked into the cache without installing anything. */
import { join } from "node:path";
import { milliseconds } from "../../domain/units.ts";
import { installInCache } from "./cache_route.ts";
import type { RouteContext, RouteOutcome } from "./route.ts";
import { runProgram } from "./run_program.ts";
import { findProgram } from "./search_path_route.ts";

/** Without these a machine behind a firewall waits minutes for each source. */
const SOON = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=5"] as const;
const DOWNLOAD_WITHIN = milliseconds(60_000);
const UPDATE_WITHIN = milliseconds(90_000);
const UNPACK_WITHIN = milliseconds(30_000);

/** Fetches the package by `apt-get download`, after `apt-get update` where that is needed and ours. */
export async function aptRoute(context: RouteContext): Promise<RouteOutcome> {
  const aptGet = await findProgram("apt-get", context);
  const dpkg = await findProgram("dpkg", context);
  if (aptGet === undefined || dpkg === undefined) {
    return { status: "unavailable", reason: "this system has no apt-get and dpkg" };
  }
  const how = "the system's package, unpacked without installing";
  return await installInCache(context, how, async (folder) => {
    await downloadPackage(aptGet, folder, context);
    const unpacked = join(folder, "unpacked");
    await runProgram(dpkg, context, {
      args: ["-x", await packageIn(folder), unpacked],
      cwd: folder,
      within: UNPACK_WITHIN,
    });
    const program = join(unpacked, "usr", "sbin", "nats-server");
    // A link could lead to any program of this machine.
    if (!(await Deno.lstat(program)).isFile) throw new Error("the package's program is no file");
    return program;
  });
}

async function downloadPackage(
  aptGet: string,
  folder: string,
  context: RouteContext,
): Promise<void> {
  const download = {
    args: [...SOON, "-q", "download", "nats-server"],
    cwd: folder,
    within: DOWNLOAD_WITHIN,
  };
  try {
    await runProgram(aptGet, context, download);
  } catch (error) {
    context.signal?.throwIfAborted();
    // Images of containers come without package lists; only root may fetch them.
    if (Deno.uid() !== 0) throw error;
    const update = { args: [...SOON, "-q", "update"], cwd: folder, within: UPDATE_WITHIN };
    await runProgram(aptGet, context, update);
    await runProgram(aptGet, context, download);
  }
}

async function packageIn(folder: string): Promise<string> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && entry.name.endsWith(".deb")) return join(folder, entry.name);
  }
  throw new Error("apt-get download left no package");
}
