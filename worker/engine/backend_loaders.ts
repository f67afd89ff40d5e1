/** All backends of this machine, the fastest first. */
import type { BackendLoader } from "./backend.ts";
import { cpuBackend } from "./cpu_backend.ts";
import { createTensorflowLoader } from "./tensorflow_backend.ts";
import type { TriedBackends } from "./tried_backends.ts";
import { wasmBackend } from "./wasm_backend.ts";
import { createWebgpuLoader } from "./webgpu_backend.ts";

/** Where loaders look. */
export interface BackendPlaces {
  /** The folder of installed native addons; null: there are none. */
  readonly addonsDir: string | null;
  /** Whether this process exists to try a backend out: then nothing is left to another one. */
  readonly isTrial?: boolean;
  /** What was tried before this process started; without it, this one tries. */
  readonly tried?: TriedBackends | undefined;
}

/** A loader for every backend, in the order in which `auto` tries them. */
export function createBackendLoaders(
  { addonsDir, isTrial = false, tried }: BackendPlaces,
): readonly BackendLoader[] {
  return [
    createTensorflowLoader("tensorflow-gpu", { addonsDir, tried }),
    createWebgpuLoader({ isTrial, tried }),
    createTensorflowLoader("tensorflow", { addonsDir, tried }),
    wasmBackend,
    cpuBackend,
  ];
}
