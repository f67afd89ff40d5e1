/** The native backends: TensorFlow's C library on the processor or on an NVIDIA GPU. */
import { type AddonBackend, readInstallation } from "./addon_installation.ts";
import { type Backend, BackendError, type BackendLoader } from "./backend.ts";
import { tryBackend } from "./backend_trial.ts";
import { loadAddon } from "./tensorflow_addon.ts";

/** A loader of the addon that was installed into `addonsDir`; null: none can have been. */
export function createTensorflowLoader(
  name: AddonBackend,
  addonsDir: string | null,
): BackendLoader {
  return { name, load: () => loadInstalled(name, addonsDir) };
}

async function loadInstalled(name: AddonBackend, addonsDir: string | null): Promise<Backend> {
  const installation = addonsDir === null ? null : await readInstallation(addonsDir, name);
  if (addonsDir === null || installation === null) {
    throw new BackendError(
      `Cannot load backend "${name}": its native addon is not installed; ` +
        `to get it: deno task trawl backend install ${name}`,
    );
  }
  const report = await tryBackend({ name, addonsDir, asAuto: false });
  if ("reason" in report) {
    throw new BackendError(`Cannot load backend "${name}": ${report.reason}`);
  }
  return await loadAddon(name, installation);
}
