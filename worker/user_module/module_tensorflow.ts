/** TensorFlow.js for a user's module: without a single permission. */
import type { TensorflowWasm } from "./module_messages.ts";

/** The core with a backend that works: WebAssembly from these bytes, or else plain JavaScript. */
export async function loadTensorflow(
  wasm: TensorflowWasm | null,
): Promise<typeof import("@tensorflow/tfjs-core")> {
  const tf = await import("@tensorflow/tfjs-core");
  tf.env().set("PROD", true);
  if (wasm === null || !await tryWasm(tf, wasm)) {
    await import("@tensorflow/tfjs-backend-cpu");
    await tf.setBackend("cpu");
  }
  await tf.ready();
  return tf;
}

async function tryWasm(
  tf: typeof import("@tensorflow/tfjs-core"),
  { plain, simd }: TensorflowWasm,
): Promise<boolean> {
  try {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    // It would start threads of its own, which need files.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    const simdUrl = dataUrl(simd);
    setWasmPaths(
      {
        "tfjs-backend-wasm.wasm": dataUrl(plain),
        "tfjs-backend-wasm-simd.wasm": simdUrl,
        // It insists on a name for each; this one is never taken without threads.
        "tfjs-backend-wasm-threaded-simd.wasm": simdUrl,
      },
      // By `fetch`, which needs no permission to read these; Emscripten's own way reads files.
      true,
    );
    return await tf.setBackend("wasm");
  } catch {
    return false;
  }
}

function dataUrl(bytes: Uint8Array<ArrayBuffer>): string {
  return `data:application/wasm;base64,${bytes.toBase64()}`;
}
