import assert from "node:assert/strict";
import { halfwaySweep, sampleSweep } from "../../tests/support/sample_sweep.ts";
import { exportCsv, exportJsonLines } from "./trial_export.ts";

Deno.test("exportJsonLines() writes a record per trial with the keys of the format", () => {
  const { ledger } = halfwaySweep().view;
  const records = [...exportJsonLines(ledger)].map((line) => {
    assert.match(line, /^\{.*\}\n$/);
    return JSON.parse(line);
  });
  assert.equal(records.length, 12);
  assert.deepEqual(Object.keys(records[0]), [
    "sweep",
    "trial",
    "configuration",
    "replicate",
    "state",
    "attempts",
    "crashes",
    "lostLeases",
    "hyperparameters",
    "metrics",
    "epochs",
    "diverged",
    "failure",
    "failureMessage",
    "worker",
    "backend",
    "pack",
    "lanes",
  ]);
  assert.deepEqual(records.map(({ state }) => state), [
    ...Array(5).fill("completed"),
    "failed",
    "running",
    "running",
    ...Array(4).fill("queued"),
  ]);
});

Deno.test("exportCsv() writes the same as a table that is complete", async (t) => {
  const { ledger } = halfwaySweep().view;
  const lines = [...exportCsv(ledger)];
  const columns = lines.map((line) => line.split(",").length);
  assert.equal(new Set(columns).size, 1);
  await t.assertSnapshot(lines.map((line) => line.trimEnd()).join("\n"));
  assert.equal([...exportCsv(sampleSweep().view.ledger)].length, 13);
});
