import assert from "node:assert/strict";
import { parseWorkerId } from "../../core/domain/ids.ts";
import { halfwaySweep, sampleSweep } from "../../tests/support/sample_sweep.ts";
import { finalReport } from "./final_report.ts";

const LOOK_NEXT = ["deno task trawl show digits-2f9k", "deno task dashboard"];

Deno.test("finalReport() ranks single runs and says what their intervals mean", async (t) => {
  const { view } = halfwaySweep();
  for (const width of [120, 80, 40]) {
    await t.assertSnapshot(finalReport(view, { width, lookNext: LOOK_NEXT }).join("\n"));
  }
});

Deno.test("finalReport() ranks replicated configurations by their means", async (t) => {
  const sample = sampleSweep({ replicates: 3 });
  for (let trial = 0; trial < 36; trial++) {
    sample.lease(trial, 1000 * trial, "w-1");
    // Means differ by 0.004 and replicates by 0.01; the best two also by luck of their own.
    const configuration = Math.floor(trial / 3);
    const own = configuration >= 10 ? 0.006 * ((trial + configuration) % 3 - 1) : 0;
    const accuracy = 0.9 + 0.004 * configuration + 0.01 * (trial % 3 - 1) + own;
    sample.complete(trial, 1000 * trial + 900, accuracy);
  }
  sample.append(36_500, { type: "sweepEnded", outcome: "completed", by: "coordinator" });
  const lines = finalReport(sample.view, { width: 120, limit: 4, lookNext: LOOK_NEXT });
  await t.assertSnapshot(lines.join("\n"));
});

Deno.test("finalReport() has something to say of a sweep without results", () => {
  const sample = sampleSweep();
  sample.append(500, { type: "sweepEnded", outcome: "cancelled", by: "user" });
  assert.deepEqual(finalReport(sample.view, { width: 80, lookNext: [] }), [
    "No trial completed, so there is nothing to rank.",
    "",
    "Sweep digits-2f9k cancelled: 0 of 12 trials completed, 12 queued in 0.5 s " +
    "(0 trials/s, 0 lane steps/s).",
  ]);
});

Deno.test("finalReport() names the command that trains failed trials again, and who was in quarantine", () => {
  const sample = halfwaySweep();
  const worker = parseWorkerId("w-cyd-3");
  sample.append(22_000, { type: "workerQuarantined", worker, message: "why" });
  const report = finalReport(sample.view, { width: 80, lookNext: [] }).join("\n");
  assert.match(
    report,
    /trial 5: outOfMemory: .*\n {2}train .* deno task trawl retry digits-2f9k\n/,
  );
  assert.match(report, /1 worker got no more packs \(quarantine\):\n {2}w-cyd-3: why\n/);
});
