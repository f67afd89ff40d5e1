/** The npm package of a backend in a folder of its own, its install scripts not run. */
import { join } from "node:path";
import type { InstallContext } from "./route.ts";
import { runStep } from "./run_step.ts";

/** The packages' version: the one whose kernels fit the TensorFlow.js of deno.json. */
export const PACKAGE_VERSION = "4.22.0";
/** The headers of Node-API, for the build. */
const HEADERS: Readonly<Record<string, string>> = { "node-api-headers": "1.9.0" };

/** The folder inside the staging folder whose `node_modules` holds the package. */
export const MODULES = "modules";

/**
 * Fetches the package with its dependencies; returns at once if an earlier try did.
 * @throws {Error} If npm's registry cannot be reached, or lacks them.
 */
export async function fetchModules(
  { staging, package: name, note, signal }: InstallContext,
): Promise<void> {
  const folder = join(staging, MODULES);
  const mark = join(folder, "complete");
  if (await exists(mark)) return;
  note(`Getting ${name} ${PACKAGE_VERSION} from npm`);
  await Deno.mkdir(folder, { recursive: true });
  const dependencies = { [name]: PACKAGE_VERSION, ...HEADERS };
  await Deno.writeTextFile(
    join(folder, "package.json"),
    JSON.stringify({ private: true, dependencies }),
  );
  // A lock file of the user's own project further up must not be touched.
  await Deno.writeTextFile(
    join(folder, "deno.json"),
    JSON.stringify({ nodeModulesDir: "auto", lock: false }),
  );
  await runStep(Deno.execPath(), { args: ["install", "--quiet"], cwd: folder, ...once(signal) });
  await Deno.writeTextFile(mark, "");
}

/** Whether a file or folder is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** An optional signal as an optional property. */
export function once(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
