/** TensorFlow's C library in this process, through the kernels of the npm package. */
import * as tf from "@tensorflow/tfjs-core";
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { type Backend, BackendError } from "./backend.ts";
import type { AddonBackend, AddonInstallation } from "./addon_installation.ts";
import { applyNativeSettings } from "./native_settings.ts";
import { activateBackend, silenceTensorflow } from "./tensorflow.ts";

/** What TensorFlow.js calls the backend of both packages: their kernels carry this name. */
const REGISTERED_AS = "tensorflow";

/** What we use of the addon. */
interface Binding {
  readonly TF_Version: string;
  readonly isUsingGpuDevice: () => boolean;
}

/** What we use of the package. */
interface KernelModule {
  readonly NodeJSKernelBackend: new (binding: Binding, packageName: string) => tf.KernelBackend;
}

/**
 * Loads an installed addon and makes its backend active. A broken native library can end the process:
 * to be called only where that was tried out before.
 * @throws {BackendError} If it cannot be loaded, or the GPU one finds no GPU.
 */
export async function loadAddon(
  name: AddonBackend,
  installation: AddonInstallation,
): Promise<Backend> {
  silenceTensorflow();
  applyNativeSettings("tensorflow");
  restoreRemovedUtilities();
  let binding: Binding;
  try {
    binding = register(installation);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendError(`Cannot load backend "${name}": ${reason}`, { cause: error });
  }
  const onGpu = binding.isUsingGpuDevice();
  const version = `TensorFlow ${binding.TF_Version}`;
  if (name === "tensorflow-gpu" && !onGpu) {
    throw new BackendError(`Cannot load backend "${name}": ${version} found no CUDA device`);
  }
  return await activateBackend({
    name,
    device: `${version} on ${onGpu ? "a CUDA GPU" : "the processor"}`,
    registeredAs: REGISTERED_AS,
  });
}

/**
 * The package's `main` is not used: it looks for the addon inside the package, which must stay as npm
 * delivers it, and loads the whole of TensorFlow.js's file handling.
 */
function register({ package: name, modules, addon }: AddonInstallation): Binding {
  const require = createRequire(join(modules, "package.json"));
  const binding: Binding = require(addon);
  if (tf.findBackendFactory(REGISTERED_AS) !== null) return binding;
  const kernels: KernelModule = require(`${name}/dist/nodejs_kernel_backend.js`);
  require(`${name}/dist/register_all_kernels.js`);
  tf.registerBackend(REGISTERED_AS, () => new kernels.NodeJSKernelBackend(binding, name));
  return binding;
}

/** The package calls two functions of `node:util` that Node 23 and Deno no longer have. */
function restoreRemovedUtilities(): void {
  const removed: Readonly<Record<string, (value: unknown) => boolean>> = {
    isNullOrUndefined: (value) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, restored] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: restored });
  }
}
