/** The native backends: TensorFlow's C library on the processor or on an NVIDIA GPU. */
import { type AddonBackend, readInstallation } from "./addon_installation.ts";
import { type Backend, BackendError, type BackendLoader } from "./backend.ts";
import { tryBackend } from "./backend_trial.ts";
import { loadAddon } from "./tensorflow_addon.ts";
import type { TriedBackends } from "./tried_backends.ts";

/** Where addons are, and which of them were tried before this process started. */
export interface AddonPlaces {
  readonly addonsDir: string | null;
  /** Without it, this process tries. */
  readonly tried?: TriedBackends | undefined;
}

/** A loader of the addon that was installed into `addonsDir`; null: none can have been. */
export function createTensorflowLoader(
  name: AddonBackend,
  places: AddonPlaces,
): BackendLoader {
  return { name, load: () => loadInstalled(name, places) };
}

async function loadInstalled(
  name: AddonBackend,
  { addonsDir, tried }: AddonPlaces,
): Promise<Backend> {
  const installation = addonsDir === null ? null : await readInstallation(addonsDir, name);
  if (addonsDir === null || installation === null) {
    throw new BackendError(
      `Cannot load backend "${name}": its native addon is not installed; ` +
        `to get it: deno task trawl backend install ${name}`,
    );
  }
  const report = tried === undefined
    ? await tryBackend({ name, addonsDir, asAuto: false })
    : tried[name] ?? { reason: "it was not tried before this worker started" };
  if ("reason" in report) {
    throw new BackendError(`Cannot load backend "${name}": ${report.reason}`);
  }
  return await loadAddon(name, installation);
}
