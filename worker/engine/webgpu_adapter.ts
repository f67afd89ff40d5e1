/** The GPU that WebGPU offers in this process, before anything is loaded for it. */
import { applyNativeSettings } from "./native_settings.ts";

/** What is known of an adapter. */
export interface WebgpuAdapter {
  /** For people: `NVIDIA H100 80GB HBM3`. */
  readonly description: string;
  /** Whether it only looks like a GPU: the processor computes. */
  readonly isSoftware: boolean;
  /** The largest buffer, in bytes. */
  readonly maxBufferBytes: number;
}

/** Software drivers by name: not every one of them says that it is a fallback. */
const SOFTWARE_REGEXP = /llvmpipe|lavapipe|softpipe|swiftshader|basic render|\bwarp\b/i;

/** How to give a container its NVIDIA GPU for Vulkan: the default has only CUDA. */
export const NVIDIA_VULKAN_HINT: string =
  "an NVIDIA GPU is there but offers no Vulkan: in a container, NVIDIA_DRIVER_CAPABILITIES must " +
  'include "graphics" (NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility)';

/** The adapter that TensorFlow.js would take, or why there is none. Cheap; prints nothing. */
export async function findWebgpuAdapter(): Promise<WebgpuAdapter | { readonly reason: string }> {
  if (navigator.gpu === undefined) return { reason: "this Deno has no WebGPU" };
  applyNativeSettings("vulkan");
  let adapter: GPUAdapter | null;
  try {
    adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  if (adapter === null) return { reason: await withHint("WebGPU found no GPU and no driver") };
  const { info } = adapter;
  const description = info.description || info.device || info.vendor || "unnamed adapter";
  return {
    description,
    isSoftware: isSoftware({ description, isFallback: info.isFallbackAdapter }),
    maxBufferBytes: adapter.limits.maxBufferSize,
  };
}

/** Whether an adapter of this description computes on the processor. */
export function isSoftware(
  { description, isFallback }: { readonly description: string; readonly isFallback: boolean },
): boolean {
  return isFallback || SOFTWARE_REGEXP.test(description);
}

/** A reason, with what to do about it where an NVIDIA GPU is there but hidden. */
export async function withHint(reason: string): Promise<string> {
  return await hasNvidiaDriver() ? `${reason}; ${NVIDIA_VULKAN_HINT}` : reason;
}

/** Whether NVIDIA's driver shows this process a GPU, for whatever use. */
export async function hasNvidiaDriver(): Promise<boolean> {
  try {
    await Deno.stat("/dev/nvidiactl");
    return true;
  } catch {
    return false;
  }
}
