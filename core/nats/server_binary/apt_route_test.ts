import assert from "node:assert/strict";
import { join } from "node:path";
import { milliseconds } from "../../domain/units.ts";
import { aptRoute } from "./apt_route.ts";
import type { RouteContext } from "./route.ts";
import { findProgram } from "./search_path_route.ts";
import { PINNED_RELEASE } from "./server_release.ts";

const platform = { os: Deno.build.os, arch: Deno.build.arch };

function context(cacheDir: string, searchPath: string): RouteContext {
  return {
    explicitPath: undefined,
    searchPath,
    systemDirectories: [],
    cacheDir,
    platform,
    release: PINNED_RELEASE,
    connectWithin: milliseconds(1_000),
    silenceWithin: milliseconds(1_000),
    signal: undefined,
    onProgress: () => {},
  };
}

/** Whether the system's package archive can be reached at all: a line says so where it cannot. */
async function canDownload(searchPath: string): Promise<boolean> {
  const aptGet = await findProgram("apt-get", { searchPath, platform });
  const dpkg = await findProgram("dpkg", { searchPath, platform });
  if (aptGet !== undefined && dpkg !== undefined) {
    const dir = await Deno.makeTempDir();
    try {
      const { success } = await new Deno.Command(aptGet, {
        args: [
          "-q",
          "-o",
          "Acquire::Retries=0",
          "-o",
          "Acquire::http::Timeout=5",
          "download",
          "nats-server",
        ],
        cwd: dir,
        stdout: "null",
        stderr: "null",
      }).output();
      if (success) return true;
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  }
  // deno-lint-ignore no-console -- the reason for a skip belongs in the test's output
  console.error("skipped: apt-get cannot download the nats-server package here");
  return false;
}

const searchPath = Deno.env.get("PATH") ?? "";

Deno.test({
  name: "aptRoute() unpacks the system's package into the cache alone",
  ignore: !await canDownload(searchPath),
  fn: async () => {
    const cacheDir = await Deno.makeTempDir({ prefix: "trawl-cache-" });
    try {
      const outcome = await aptRoute(context(cacheDir, searchPath));
      assert.equal(outcome.status, "found", JSON.stringify(outcome));
      assert.equal(outcome.status === "found" && outcome.path, join(cacheDir, "nats-server"));
      const left = await Array.fromAsync(Deno.readDir(cacheDir), (entry) => entry.name);
      assert.deepEqual(left, ["nats-server"]);
    } finally {
      await Deno.remove(cacheDir, { recursive: true });
    }
  },
});

Deno.test({
  name: "aptRoute() tells what apt-get said when it has no such package",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const root = await Deno.makeTempDir({ prefix: "trawl-apt-" });
    try {
      for (const name of ["apt-get", "dpkg"]) {
        const text = "#!/bin/sh\necho 'E: Unable to locate package nats-server' >&2\nexit 100\n";
        await Deno.writeTextFile(join(root, name), text, { mode: 0o755 });
      }
      const outcome = await aptRoute(context(join(root, "cache"), root));
      assert.equal(outcome.status, "unavailable");
      assert.match(
        outcome.status === "unavailable" ? outcome.reason : "",
        /ended with code 100: E: Unable to locate package nats-server$/,
      );
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});
