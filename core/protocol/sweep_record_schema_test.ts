import assert from "node:assert/strict";
import { halfwaySweep } from "../../tests/support/sample_sweep.ts";
import { SweepLedger } from "../domain/sweep_ledger.ts";
import { beginTimes } from "../domain/sweep_times.ts";
import { instant } from "../domain/units.ts";
import { sweepSnapshotSchema } from "./sweep_record_schema.ts";

Deno.test("sweepSnapshotSchema reads snapshots that are older than results and models", () => {
  const ledger = halfwaySweep().view.ledger.snapshot();
  const times = beginTimes({ v: 1, at: instant(0), events: [] });
  const now = { v: 1, sequence: 9, streamEpoch: "e", times, ledger };
  const old = JSON.parse(
    JSON.stringify(now),
    (key, value) => key === "result" || key === "model" ? undefined : value,
  );
  assert.ok(!("result" in old.ledger.trials[0]));
  const read = sweepSnapshotSchema.parse(old);
  assert.deepEqual(read, now);
  assert.deepEqual(SweepLedger.restore(read.ledger).snapshot(), ledger);
});
