/** The WebAssembly backend: needs nothing but its npm package, one thread, SIMD where there is. */
import * as tf from "@tensorflow/tfjs-core";
import { type Backend, BackendError, type BackendLoader } from "./backend.ts";
import { activateBackend } from "./tensorflow.ts";

/** Loads the `wasm` backend with the binaries of its npm package. */
export const wasmBackend: BackendLoader = createWasmLoader();

/** A loader that takes the `.wasm` files from `folder`, by default the npm package's own. */
export function createWasmLoader(folder: URL = packageFolder()): BackendLoader {
  return { name: "wasm", load: () => loadWasm(folder) };
}

async function loadWasm(folder: URL): Promise<Backend> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  const binary = new URL(`tfjs-backend-wasm${simd ? "-simd" : ""}.wasm`, folder);
  try {
    await Deno.stat(binary);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendError(`Cannot load backend "wasm": ${reason}`, { cause: error });
  }
  // TensorFlow.js refuses a new path once the backend runs, even the same one.
  if (tf.findBackend("wasm") === null) setWasmPaths(folder.href);
  return await activateBackend({
    name: "wasm",
    device: simd ? "WebAssembly with SIMD" : "WebAssembly",
  });
}

function packageFolder(): URL {
  return new URL("./", import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
}
