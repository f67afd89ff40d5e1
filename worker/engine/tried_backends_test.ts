import assert from "node:assert/strict";
import { createBackendLoaders } from "./backend_loaders.ts";
import { chooseBackend } from "./choose_backend.ts";
import { chosenAddon, parseTriedBackends, tryBackends } from "./tried_backends.ts";

Deno.test("tryBackends() tries nothing for a backend that needs no native code", async () => {
  const addonsDir = await Deno.makeTempDir();
  try {
    for (const request of ["wasm", "cpu", "webgpu", "tensorflow", "tensorflow-gpu"] as const) {
      assert.deepEqual(await tryBackends(request, addonsDir), {});
    }
    const { webgpu, ...others } = await tryBackends("auto", addonsDir);
    assert.ok(webgpu !== undefined && ("device" in webgpu || webgpu.reason !== ""));
    assert.deepEqual(others, {});
  } finally {
    await Deno.remove(addonsDir, { recursive: true });
  }
});

Deno.test("chooseBackend() takes the word of earlier trials, and refuses what was not tried", async () => {
  const tried = { webgpu: { reason: "no GPU, said the one who tried" } };
  const { backend, refused } = await chooseBackend(
    "auto",
    createBackendLoaders({ addonsDir: null, tried }),
  );
  assert.equal(backend.name, "wasm");
  assert.equal(refused.find(({ name }) => name === "webgpu")?.reason, tried.webgpu.reason);
  const untried = await chooseBackend("auto", createBackendLoaders({ addonsDir: null, tried: {} }));
  assert.match(
    untried.refused.find(({ name }) => name === "webgpu")?.reason ?? "",
    /not tried before this worker started/,
  );
});

Deno.test("chosenAddon() names the addon that worked, the fastest first", () => {
  const device = { device: "TensorFlow 2.16" };
  assert.equal(chosenAddon({}), null);
  assert.equal(chosenAddon({ webgpu: device, tensorflow: { reason: "no" } }), null);
  assert.equal(chosenAddon({ tensorflow: device }), "tensorflow");
  assert.equal(chosenAddon({ "tensorflow-gpu": device, tensorflow: device }), "tensorflow-gpu");
});

Deno.test("parseTriedBackends() reads what JSON.stringify() wrote, and nothing else", () => {
  const tried = { "tensorflow-gpu": { reason: "r" }, webgpu: { device: "d" } };
  assert.deepEqual(parseTriedBackends(JSON.stringify(tried)), tried);
  for (
    const text of ["", "null", "[]", '{"cpu":{"device":"d"}}', '{"webgpu":{}}', '{"webgpu":1}']
  ) {
    assert.throws(() => parseTriedBackends(text), SyntaxError, text);
  }
});
