/** The WebGPU backend: any GPU with Vulkan, Metal or DirectX 12, through what Deno brings. */
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, BackendError, type BackendLoader } from "./backend.ts";
import { tryBackend } from "./backend_trial.ts";
import type { TriedBackends } from "./tried_backends.ts";
import { activateBackend, silenceTensorflow } from "./tensorflow.ts";
import { findWebgpuAdapter, withHint } from "./webgpu_adapter.ts";

/** A loader of the `webgpu` backend; `auto` takes it only for a real GPU. */
export function createWebgpuLoader(
  { isTrial, tried }: { readonly isTrial: boolean; readonly tried?: TriedBackends | undefined },
): BackendLoader {
  return {
    name: "webgpu",
    load: loadWebgpu,
    unfitForAuto: isTrial ? unfitForAuto : () => unfitElsewhere(tried),
  };
}

/**
 * Asking for an adapter loads every Vulkan driver, so `auto` asks in a process of its own: with
 * Mesa's drivers loaded, TensorFlow cannot be, and about one worker in six crashed at its end.
 */
async function unfitElsewhere(tried: TriedBackends | undefined): Promise<string | null> {
  const report = tried === undefined
    ? await tryBackend({ name: "webgpu", addonsDir: null, asAuto: true })
    : tried.webgpu ?? { reason: "it was not tried before this worker started" };
  return "reason" in report ? report.reason : null;
}

async function unfitForAuto(): Promise<string | null> {
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
