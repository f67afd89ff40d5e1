import assert from "node:assert/strict";
import { isTerminal } from "../../core/domain/trial.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { simulate } from "../../tests/support/simulated_search.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { supersededCheckpoints } from "./superseded_checkpoints.ts";

const SPEC = specOf({
  method: "random",
  runCap: 12,
  maxLanes: 3,
  maxAttempts: 20,
  scheduler: { type: "asha", variant: "promotion", minEpochs: 1, eta: 3 },
  parameters: [
    { name: "lr", domain: { kind: "float", scale: "log", min: 0.001, max: 0.3 } },
    { name: "epochs", domain: { kind: "values", values: [9] } },
  ],
});

Deno.test("supersededCheckpoints() never names what a trial that may go on refers to, and in the end all", () => {
  const { entries, ledger } = simulate({ spec: SPEC, slots: 2, deaths: 0.02 });
  const replayed = new SweepLedger(sweepCreated(SPEC));
  let most = 0;
  for (const event of entries.flat()) {
    replayed.apply(event);
    const due = new Set(supersededCheckpoints(replayed));
    for (const { state, checkpoint } of replayed.trials) {
      if (!isTerminal(state.status)) assert.ok(!due.has(checkpoint?.artifact ?? ""));
    }
    assert.ok(due.size >= most, "what nobody needs stays so");
    most = due.size;
  }
  const parked = ledger.trials.flatMap((trial) => (trial.parked ?? []).map((one) => one.artifact));
  assert.deepEqual(new Set(supersededCheckpoints(ledger)), new Set(parked));
  assert.ok(most > 4);
});

Deno.test("supersededCheckpoints() of a sweep without a scheduler are none", () => {
  assert.deepEqual(supersededCheckpoints(simulate({ spec: specOf() }).ledger), []);
});
