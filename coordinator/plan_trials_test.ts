import assert from "node:assert/strict";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { specOf, sweepCreated } from "../tests/support/specs.ts";
import { plannedTrials, planNextTrials } from "./plan_trials.ts";

Deno.test("planNextTrials() asks for configurations × replicates, in chunks, and then for nothing", () => {
  const values = Array.from({ length: 300 }, (_, i) => (i + 1) / 1000);
  const spec = specOf({
    replicates: 4,
    parameters: [{ name: "lr", domain: { kind: "values", values } }],
  });
  const ledger = new SweepLedger(sweepCreated(spec));
  let chunks = 0;
  for (let events = planNextTrials(ledger); events.length > 0; events = planNextTrials(ledger)) {
    for (const event of events) ledger.apply(event);
    chunks++;
  }
  assert.equal(chunks, 3);
  assert.equal(ledger.counts.asked, 1200);
  assert.equal(ledger.trials[1199]?.replicate, 3);
  assert.equal(ledger.trials[1199]?.configuration, 299);
  assert.equal(ledger.trials[1199]?.hyperparameters["lr"], 0.3);
});

Deno.test("plannedTrials() never exceeds the run cap, and needs one where nothing else ends", () => {
  assert.equal(plannedTrials(specOf({ runCap: 3 })), 3);
  assert.equal(plannedTrials(specOf({ runCap: 300 })), 4);
  assert.throws(() => plannedTrials(specOf({ method: "random" })), /must have a run_cap/);
});
