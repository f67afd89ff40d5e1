/** The WebGPU backend: any GPU with Vulkan, Metal or DirectX 12, through what Deno brings. */
import * as tf from "@tensorflow/tfjs-core";
import { readInstallation } from "./addon_installation.ts";
import { type Backend, BackendError, type BackendLoader } from "./backend.ts";
import { tryBackend } from "./backend_trial.ts";
import { activateBackend, silenceTensorflow } from "./tensorflow.ts";
import { findWebgpuAdapter, withHint } from "./webgpu_adapter.ts";

/** A loader of the `webgpu` backend; `auto` takes it only for a real GPU. */
export function createWebgpuLoader(addonsDir: string | null): BackendLoader {
  return { name: "webgpu", load: loadWebgpu, unfitForAuto: () => unfitForAuto(addonsDir) };
}

/**
 * Asking for an adapter loads every Vulkan driver. Where `auto` may yet come to `tensorflow`, that is
 * left to another process: TensorFlow cannot be loaded beside Mesa's drivers.
 */
async function unfitForAuto(addonsDir: string | null): Promise<string | null> {
  if (addonsDir !== null && await readInstallation(addonsDir, "tensorflow") !== null) {
    const report = await tryBackend({ name: "webgpu", addonsDir: null, asAuto: true });
    return "reason" in report ? report.reason : null;
  }
  const adapter = await findWebgpuAdapter();
  if ("reason" in adapter) return adapter.reason;
  if (!adapter.isSoftware) return null;
  return await withHint(`"${adapter.description}" is software; only --backend webgpu takes it`);
}

async function loadWebgpu(): Promise<Backend> {
  const adapter = await findWebgpuAdapter();
  if ("reason" in adapter) {
    throw new BackendError(`Cannot load backend "webgpu": ${adapter.reason}`);
  }
  silenceTensorflow();
  await import("@tensorflow/tfjs-backend-webgpu");
  // Small tensors stay on the device: half a step on another backend is not this backend's step.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  try {
    return await activateBackend({ name: "webgpu", device: adapter.description });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendError(`Cannot load backend "webgpu": ${reason}`, { cause: error });
  }
}
