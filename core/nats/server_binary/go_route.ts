/** The release built from source by the Go toolchain, where there is one. */
import { join } from "node:path";
import { milliseconds } from "../../domain/units.ts";
import { installInCache } from "./cache_route.ts";
import type { RouteContext, RouteOutcome } from "./route.ts";
import { programName } from "./server_platform.ts";
import { runProgram } from "./run_program.ts";
import { findProgram } from "./search_path_route.ts";

const BUILD_WITHIN = milliseconds(600_000);

/** Builds it by `go install`, whose module proxy and sum database check what it downloads. */
export async function goRoute(context: RouteContext): Promise<RouteOutcome> {
  const go = await findProgram("go", context);
  if (go === undefined) return { status: "unavailable", reason: "this system has no Go toolchain" };
  const { version } = context.release;
  return await installInCache(context, `built by go install, v${version}`, async (folder) => {
    await runProgram(go, context, {
      args: ["install", `github.com/nats-io/nats-server/v2@v${version}`],
      cwd: folder,
      env: { GOBIN: folder, CGO_ENABLED: "0" },
      within: BUILD_WITHIN,
    });
    return join(folder, programName("nats-server", context.platform));
  });
}
