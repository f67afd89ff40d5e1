import assert from "node:assert/strict";
import { judgeBackend } from "./backend_checks.ts";
import { type Check, hasProblem } from "./check.ts";
import { checkDeno, judgeDisk } from "./machine_checks.ts";
import { judgeServer } from "./nats_checks.ts";
import { checksAsJson, renderChecks } from "./render_checks.ts";

const SERVER = {
  url: "nats://host:4222",
  version: "2.9.10",
  isNewEnough: true,
  jetStreamProblem: null,
  mayCreate: true,
  clockAheadMs: -40,
};

const NO_NVIDIA = { hasNvidia: false };

const GOOD: readonly Check[] = [
  checkDeno("2.9.6"),
  judgeDisk(81.6e9, "/home/me/.trawl"),
  ...judgeServer(SERVER),
  judgeBackend("tensorflow-gpu", {
    reason: "its native addon is not installed; to get it: deno task trawl backend install " +
      "tensorflow-gpu",
  }, NO_NVIDIA),
  judgeBackend("webgpu", { device: "NVIDIA H100 80GB HBM3" }, NO_NVIDIA),
  judgeBackend("wasm", { device: "WebAssembly with SIMD" }, NO_NVIDIA),
];

const BAD: readonly Check[] = [
  checkDeno("2.1.0"),
  judgeDisk(0.3e9, "/"),
  ...judgeServer({ ...SERVER, version: "2.8.4", isNewEnough: false }),
  ...judgeServer({ ...SERVER, jetStreamProblem: "jetstream not enabled", clockAheadMs: null }),
  ...judgeServer({ ...SERVER, clockAheadMs: 9_000 }),
  judgeBackend("webgpu", {
    reason: '"llvmpipe" is software; only --backend webgpu takes it; an NVIDIA GPU is there but ' +
      'offers no Vulkan: in a container, NVIDIA_DRIVER_CAPABILITIES must include "graphics"',
  }, { hasNvidia: true }),
  judgeBackend("webgpu", { device: "llvmpipe (LLVM 15.0.6, 256 bits)" }, NO_NVIDIA),
  judgeBackend("webgpu", { device: "llvmpipe (LLVM 15.0.6, 256 bits)" }, { hasNvidia: true }),
  judgeBackend("wasm", { reason: "after 3 training steps weight 4 is 2; it must be 1" }, NO_NVIDIA),
];

Deno.test("renderChecks() is a table, what mends it, and a verdict", async (t) => {
  await t.assertSnapshot(renderChecks(GOOD, { width: 100 }).join("\n"));
  await t.assertSnapshot(renderChecks(BAD, { width: 80 }).join("\n"));
});

Deno.test("checksAsJson() is one object a line, the last one a summary", async (t) => {
  await t.assertSnapshot(checksAsJson(GOOD).join("\n"));
  for (const line of checksAsJson(BAD)) JSON.parse(line);
  assert.match(checksAsJson(BAD).at(-1) ?? "", /"ok":false/);
});

Deno.test("hasProblem() is about what does not work, not about what could be better", () => {
  assert.equal(hasProblem(GOOD), false);
  assert.equal(hasProblem(BAD), true);
  assert.equal(hasProblem([judgeDisk(0, "/")]), false);
});

Deno.test("judgeBackend() asks for every backend that needs nothing but npm", () => {
  const reason = "no such file";
  assert.equal(judgeBackend("cpu", { reason }, NO_NVIDIA).status, "problem");
  assert.equal(judgeBackend("wasm", { reason }, NO_NVIDIA).status, "problem");
  assert.equal(judgeBackend("webgpu", { reason }, NO_NVIDIA).status, "note");
});
