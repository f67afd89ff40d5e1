import assert from "node:assert/strict";
import { summaryLine, sweepLine, trialLines } from "./json_lines.ts";
import { halfwaySweep, laneDetached, sampleSweep } from "../../tests/support/sample_sweep.ts";

Deno.test("sweepLine(), trialLines() and summaryLine() are one object a line", async (t) => {
  const sample = halfwaySweep();
  const lines = [
    sweepLine(sample.view, { dashboardUrl: "http://127.0.0.1:4123/" }),
    ...trialLines(sample.view, sample.complete(6, 26_000, 0.95)),
    summaryLine(sample.view),
  ];
  for (const line of lines) assert.doesNotMatch(line, /\n/);
  assert.deepEqual(lines.map((line) => JSON.parse(line).type), ["sweep", "trial", "summary"]);
  await t.assertSnapshot(lines.map((line) => JSON.stringify(JSON.parse(line), null, 2)).join("\n"));
});

Deno.test("trialLines() is silent while a trial goes on", () => {
  const sample = sampleSweep();
  assert.deepEqual(trialLines(sample.view, sample.lease(0, 100, "w-1")), []);
});

Deno.test("trialLines() tells which trials left their pack, and where they are", () => {
  const sample = sampleSweep();
  sample.lease(0, 100, "w-1");
  const line = trialLines(sample.view, sample.append(200, laneDetached(12)));
  assert.deepEqual(line.map((text) => JSON.parse(text)), [
    { type: "detached", sweep: sample.view.id, trials: [0], from: 0, into: [12], epoch: 1 },
  ]);
});

Deno.test("trialLines() says of a diverged trial that it is one", () => {
  const sample = sampleSweep();
  sample.lease(0, 100, "w-1");
  const [line] = trialLines(sample.view, sample.complete(0, 1000, NaN));
  const { state, diverged, metrics } = JSON.parse(line ?? "{}");
  assert.deepEqual({ state, diverged, metrics }, {
    state: "completed",
    diverged: true,
    metrics: {},
  });
});
