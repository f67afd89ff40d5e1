import assert from "node:assert/strict";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { planAll } from "../../tests/support/planned.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { createDeciders } from "./decide.ts";

function plannedSweep(): SweepLedger {
  const ledger = new SweepLedger(sweepCreated());
  planAll(ledger);
  return ledger;
}

function ask(ledger: SweepLedger, spec: SweepSpec) {
  const { extend } = createDeciders(milliseconds(1_000));
  const decision = extend(ledger, { v: 1, sweep: ledger.id, spec, by: "test" });
  for (const event of decision.events) ledger.apply(event);
  return decision;
}

Deno.test("decideExtend() records the new specification, and answers a repeated request alike", () => {
  const ledger = plannedSweep();
  const spec = specOf({ replicates: 2 });
  const first = ask(ledger, spec);
  assert.deepEqual(first.events, [{ type: "sweepExtended", spec, by: "test" }]);
  assert.equal(first.reply.type, "accepted");
  planAll(ledger);
  assert.equal(ledger.counts.asked, 8);
  const again = ask(ledger, spec);
  assert.deepEqual(again.events, []);
  assert.equal(again.reply.type, "accepted");
});

Deno.test("decideExtend() extends a paused sweep, which stays paused", () => {
  const ledger = plannedSweep();
  ledger.apply({ type: "sweepPaused", by: "test" });
  assert.equal(ask(ledger, specOf({ replicates: 2 })).reply.type, "accepted");
  assert.equal(ledger.status, "paused");
});

Deno.test("decideExtend() refuses a sweep that is over, and what is no extension", () => {
  const ledger = plannedSweep();
  const other = ask(ledger, specOf({ seed: 2 })).reply;
  assert.ok(other.type === "refused");
  assert.match(other.message, /seed differs: 1 became 2/);
  ledger.apply({ type: "sweepEnded", outcome: "completed", by: "test" });
  const over = ask(ledger, specOf({ replicates: 2 })).reply;
  assert.ok(over.type === "refused");
  assert.match(over.message, /it is completed/);
});
