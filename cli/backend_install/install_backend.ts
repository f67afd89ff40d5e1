/** Putting a native addon where its loader finds it: from the first way that works, at once or not at all. */
import { join } from "node:path";
import { lockFile } from "../../core/nats/embedded_server_lock.ts";
import {
  type AddonBackend,
  addonFolder,
  writeInstallation,
} from "../../worker/engine/addon_installation.ts";
import { tryBackend } from "../../worker/engine/backend_trial.ts";
import { InfrastructureError } from "../exit_code.ts";
import { buildRoute } from "./build_route.ts";
import { exists, MODULES, once } from "./npm_modules.ts";
import { prebuiltRoute } from "./prebuilt_route.ts";
import type { InstallContext, InstallRoute } from "./route.ts";

/** The TensorFlow that is fetched: it knows CUDA 12 and today's GPUs, and the addon's calls. */
export const TENSORFLOW_VERSION = "2.20.0";

/** What to install and where. */
export interface InstallOptions {
  readonly backend: AddonBackend;
  /** The folder of installed native addons. */
  readonly addonsDir: string;
  /** A TensorFlow C library of the user's own: only it is tried. */
  readonly libtensorflow?: string;
  readonly tensorflow?: string;
  readonly note: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** What was installed. */
export interface Installed {
  readonly how: string;
  /** What it computes on; or, of a GPU backend on a machine without one, why that is not known. */
  readonly device: string;
}

/**
 * Installs the addon and tries it out before it replaces an earlier one.
 * @throws {InfrastructureError} If no way works; it lists what each came to.
 * @throws The signal's reason, if it aborts. What was downloaded is kept for the next try.
 */
export async function installBackend(options: InstallOptions): Promise<Installed> {
  const { backend, addonsDir, libtensorflow, note, signal } = options;
  const work = join(addonsDir, ".work");
  await Deno.mkdir(work, { recursive: true });
  using _alone = await lockFile(join(work, `${backend}.lock`), signal);
  // Laid out like the folder of addons, so that what grows here can be tried out here.
  const staging = join(addonFolder(work, backend));
  const context: InstallContext = {
    backend,
    package: backend === "tensorflow" ? "@tensorflow/tfjs-node" : "@tensorflow/tfjs-node-gpu",
    staging,
    downloads: join(work, "downloads"),
    tensorflow: options.tensorflow ?? TENSORFLOW_VERSION,
    note,
    ...(libtensorflow === undefined ? {} : { libtensorflow }),
    ...once(signal),
  };
  await Deno.mkdir(context.downloads, { recursive: true });
  await Deno.mkdir(staging, { recursive: true });
  const routes = libtensorflow === undefined ? [prebuiltRoute, buildRoute] : [buildRoute];
  const installed = await climb(routes, context, work);
  await swapIn(context, addonsDir, work);
  await Deno.remove(context.downloads, { recursive: true });
  return installed;
}

async function climb(
  routes: readonly InstallRoute[],
  context: InstallContext,
  work: string,
): Promise<Installed> {
  const attempts: string[] = [];
  for (const route of routes) {
    try {
      return await makeAndTry(route, context, work);
    } catch (error) {
      context.signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      context.note(`${route.name}: ${reason}`);
      attempts.push(`  ${route.name}: ${reason}`);
    }
  }
  throw new InfrastructureError(
    `Cannot install backend "${context.backend}": no way to its native addon worked\n` +
      `${attempts.join("\n")}\n  a TensorFlow C library of your own: --libtensorflow DIR`,
  );
}

async function makeAndTry(
  route: InstallRoute,
  context: InstallContext,
  work: string,
): Promise<Installed> {
  const { backend, package: name, tensorflow, note } = context;
  const { addon, how } = await route.make(context);
  await writeInstallation(work, backend, {
    v: 1,
    package: name,
    modules: MODULES,
    addon,
    tensorflow: route === prebuiltRoute ? "2.9" : tensorflow,
    how,
  });
  note("Trying it out");
  const report = await tryBackend({ name: backend, addonsDir: work, asAuto: false });
  if ("device" in report) return { how, device: report.device };
  // A login node prepares what GPU nodes use: there the library loads and finds nothing.
  if (/found no CUDA device/.test(report.reason)) return { how, device: report.reason };
  throw new Error(report.reason);
}

/** Moves the staged installation to its place; an earlier one is there until then. */
async function swapIn(context: InstallContext, addonsDir: string, work: string): Promise<void> {
  const place = addonFolder(addonsDir, context.backend);
  const old = join(work, `${context.backend}.old`);
  if (await exists(old)) await Deno.remove(old, { recursive: true });
  if (await exists(place)) await Deno.rename(place, old);
  await Deno.rename(context.staging, place);
  if (await exists(old)) await Deno.remove(old, { recursive: true });
}
