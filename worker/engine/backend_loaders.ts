/** All backends of this machine, the fastest first. */
import type { BackendLoader } from "./backend.ts";
import { cpuBackend } from "./cpu_backend.ts";
import { createTensorflowLoader } from "./tensorflow_backend.ts";
import { wasmBackend } from "./wasm_backend.ts";
import { createWebgpuLoader } from "./webgpu_backend.ts";

/** Where loaders look. */
export interface BackendPlaces {
  /** The folder of installed native addons; null: there are none. */
  readonly addonsDir: string | null;
  /** Whether this process exists to try a backend out: then nothing is left to another one. */
  readonly isTrial?: boolean;
}

/** A loader for every backend, in the order in which `auto` tries them. */
export function createBackendLoaders(
  { addonsDir, isTrial = false }: BackendPlaces,
): readonly BackendLoader[] {
  return [
    createTensorflowLoader("tensorflow-gpu", addonsDir),
    createWebgpuLoader({ isTrial }),
    createTensorflowLoader("tensorflow", addonsDir),
    wasmBackend,
    cpuBackend,
  ];
}
