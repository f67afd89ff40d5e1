import assert from "node:assert/strict";
import { tryBackend } from "./backend_trial.ts";
import { isSoftware } from "./webgpu_adapter.ts";

Deno.test("isSoftware() knows the drivers that compute on the processor", () => {
  const of = (description: string, isFallback = false) => isSoftware({ description, isFallback });
  assert(of("llvmpipe (LLVM 15.0.6, 256 bits)"));
  assert(of("SwiftShader Device (Subzero)"));
  assert(of("Microsoft Basic Render Driver"));
  assert(of("anything", true));
  assert(!of("NVIDIA H100 80GB HBM3"));
  assert(!of("Apple M3 Max"));
});

Deno.test("webgpuBackend passes its self-test where there is an adapter, software or not", async () => {
  const report = await tryBackend({ name: "webgpu", addonsDir: null, asAuto: false });
  if ("reason" in report) return console.log(`skipped: ${report.reason}`);
  const asAuto = await tryBackend({ name: "webgpu", addonsDir: null, asAuto: true });
  if (isSoftware({ description: report.device, isFallback: false })) {
    assert("reason" in asAuto);
    assert.match(asAuto.reason, /is software; only --backend webgpu takes it/);
  } else {
    assert.deepEqual(asAuto, report);
  }
});
