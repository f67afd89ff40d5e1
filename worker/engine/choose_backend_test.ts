import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { BackendError, type BackendLoader } from "./backend.ts";
import { chooseBackend } from "./choose_backend.ts";
import { cpuBackend } from "./cpu_backend.ts";
import { probeBackend } from "./probe.ts";
import { createWasmLoader, wasmBackend } from "./wasm_backend.ts";

/** The real loader of a `.wasm` that is not there. */
const BROKEN_WASM = createWasmLoader(new URL("file:///nowhere/"));

Deno.test("chooseBackend() takes the first that works by itself, active, and says why not the others", async () => {
  const { backend, refused } = await chooseBackend("auto");
  const order = ["tensorflow-gpu", "webgpu", "tensorflow", "wasm"];
  assert.deepEqual(
    [...refused.map(({ name }) => name), backend.name],
    order.slice(
      0,
      refused.length + 1,
    ),
  );
  assert.match(refused[0]!.reason, /addon is not installed; to get it: deno task trawl backend/);
  assert.equal(tf.getBackend(), backend.name);
});

Deno.test("chooseBackend() leaves out what is unfit for auto, and takes it when it is named", async () => {
  const unfit = { ...wasmBackend, unfitForAuto: () => Promise.resolve("it is software") };
  const { backend, refused } = await chooseBackend("auto", [unfit, cpuBackend]);
  assert.equal(backend.name, "cpu");
  assert.deepEqual(refused, [{ name: "wasm", reason: "it is software" }]);
  assert.equal((await chooseBackend("wasm", [unfit, cpuBackend])).backend.name, "wasm");
});

Deno.test("chooseBackend() falls back to cpu and says why wasm was refused", async () => {
  const { backend, refused } = await chooseBackend("auto", [BROKEN_WASM, cpuBackend]);
  assert.equal(backend.name, "cpu");
  assert.equal(refused.length, 1);
  assert.match(refused[0]!.reason, /nowhere\/tfjs-backend-wasm/);
  assert.equal(tf.getBackend(), "cpu");
});

Deno.test("chooseBackend() fails with the reason when the backend that was named does not work", async () => {
  await assert.rejects(chooseBackend("wasm", [BROKEN_WASM, cpuBackend]), (error: unknown) => {
    assert(error instanceof BackendError);
    assert.match(error.message, /^Cannot use backend "wasm": .*nowhere/);
    return true;
  });
  assert.equal((await chooseBackend("cpu")).backend.name, "cpu");
});

Deno.test("chooseBackend() leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  for (const name of ["cpu", "wasm"] as const) await chooseBackend(name);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("probeBackend() refuses a backend that computes something else", async () => {
  const real = await wasmBackend.load();
  // A subtraction with its operands swapped: what a miscompiled kernel does.
  const kernel = tf.getKernel("Sub", "wasm");
  assert(kernel !== undefined && kernel !== null);
  tf.unregisterKernel("Sub", "wasm");
  tf.registerKernel({
    ...kernel,
    kernelFunc: (params) => {
      const { a, b } = params.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      return kernel.kernelFunc({ ...params, inputs: { a: b, b: a } });
    },
  });
  try {
    await assert.rejects(
      probeBackend(real, cpuBackend),
      /after 3 training steps weight \d+ is .* must be/,
    );
    const loaders: readonly BackendLoader[] = [wasmBackend, cpuBackend];
    const { backend, refused } = await chooseBackend("auto", loaders);
    assert.equal(backend.name, "cpu");
    assert.match(refused[0]!.reason, /training steps/);
  } finally {
    tf.unregisterKernel("Sub", "wasm");
    tf.registerKernel(kernel);
  }
});
