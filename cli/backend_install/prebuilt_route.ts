/** The package's own prebuilt binary, through its install script: TensorFlow 2.9, CUDA 11.2. */
import { join } from "node:path";
import { z } from "zod";
import { fetchModules, MODULES, once, PACKAGE_VERSION } from "./npm_modules.ts";
import type { BuiltAddon, InstallContext, InstallRoute } from "./route.ts";
import { runStep } from "./run_step.ts";

/** How long the host of the binaries has to answer. */
const ANSWER_WITHIN_MS = 5_000;

const manifestSchema: z.ZodType<{ readonly binary: { readonly host: string } }> = z.object({
  binary: z.object({ host: z.string() }),
});

/** Runs the install script. */
export const prebuiltRoute: InstallRoute = { name: "prebuilt binary", make: makePrebuilt };

async function makePrebuilt(context: InstallContext): Promise<BuiltAddon> {
  const { staging, package: name, note, signal } = context;
  await fetchModules(context);
  const modules = join(staging, MODULES);
  const folder = join(modules, "node_modules", ...name.split("/"));
  // The script itself would wait for minutes for a host that a firewall hides.
  await askHost(await Deno.readTextFile(join(folder, "package.json")), signal);
  note(`Running the install script of ${name}`);
  await runStep(Deno.execPath(), {
    args: ["install", "--quiet", `--allow-scripts=npm:${name}@${PACKAGE_VERSION}`],
    cwd: modules,
    note,
    ...once(signal),
  });
  const addon = await findAddon(folder);
  if (addon === null) {
    throw new Error("the install script ended well but left no tfjs_binding.node");
  }
  return {
    addon: join(MODULES, "node_modules", ...name.split("/"), "lib", addon, "tfjs_binding.node"),
    how: `the prebuilt binary of ${name} ${PACKAGE_VERSION}`,
  };
}

async function askHost(manifest: string, signal: AbortSignal | undefined): Promise<void> {
  const { binary: { host } } = manifestSchema.parse(JSON.parse(manifest));
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(host, {
      method: "HEAD",
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
    await answer.body?.cancel();
  } catch (error) {
    signal?.throwIfAborted();
    const { hostname } = new URL(host);
    const reason = error instanceof Error ? innermost(error) : String(error);
    throw new Error(`its host ${hostname} cannot be reached: ${reason}`, { cause: error });
  }
}

function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
}

/** The folder of `lib/` that holds the addon, such as `napi-v8`. */
async function findAddon(folder: string): Promise<string | null> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(join(folder, "lib"))) names.push(name);
  return names.filter((name) => name.startsWith("napi-v")).sort().at(-1) ?? null;
}
