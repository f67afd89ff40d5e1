import assert from "node:assert/strict";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import { planAll } from "../tests/support/planned.ts";
import { specOf, sweepCreated } from "../tests/support/specs.ts";
import { judgeExtension } from "./judge_extension.ts";

function plannedSweep(change: Partial<SweepSpec> = {}): SweepLedger {
  const ledger = new SweepLedger(sweepCreated(specOf(change)));
  planAll(ledger);
  return ledger;
}

function withRates(values: readonly number[]): SweepSpec {
  const spec = specOf();
  const parameters = spec.parameters.map((parameter) =>
    parameter.name === "lr"
      ? { ...parameter, domain: { kind: "values", values } as const }
      : parameter
  );
  return { ...spec, parameters };
}

function messageOf(ledger: SweepLedger, spec: SweepSpec): string {
  const verdict = judgeExtension(ledger, spec);
  return verdict.kind === "possible" ? `possible: ${verdict.newTrials}` : verdict.message;
}

Deno.test("judgeExtension() counts the trials that are new", () => {
  assert.equal(messageOf(plannedSweep(), specOf({ replicates: 3 })), "possible: 8");
  assert.equal(messageOf(plannedSweep(), withRates([0.05, 0.2, 0.4])), "possible: 2");
  assert.equal(messageOf(plannedSweep({ runCap: 3 }), specOf({ runCap: null })), "possible: 1");
});

Deno.test("judgeExtension() does not take for new what a killed coordinator had not queued yet", () => {
  const ledger = new SweepLedger(sweepCreated());
  assert.equal(messageOf(ledger, specOf({ replicates: 2 })), "possible: 4");
});

Deno.test("judgeExtension() refuses a specification that no journal entry could hold", () => {
  const many = Array.from({ length: 40_000 }, (_, i) => (i + 1) / 7_777);
  const spec = { ...withRates([0.05, 0.2, ...many]), runCap: 5 };
  assert.match(messageOf(plannedSweep({ runCap: 4 }), spec), /it must have at most 262144$/);
});

Deno.test("judgeExtension() says why nothing would be new", () => {
  assert.match(messageOf(plannedSweep(), specOf()), /asks for these 4 trials already$/);
  const capped = messageOf(plannedSweep({ runCap: 4 }), specOf({ runCap: 4, replicates: 2 }));
  assert.match(capped, /its run_cap of 4 trials is reached; it must be raised$/);
});

Deno.test("judgeExtension() refuses what a sweep file could not ask for either", () => {
  const verdict = (values: readonly number[]) => messageOf(plannedSweep(), withRates(values));
  assert.match(verdict([0.05, 0.2, -1]), /lr would be -1; it must be a number > 0/);
  const many = Array.from({ length: 600_000 }, (_, i) => (i + 1) / 10_000);
  assert.match(
    verdict([0.05, 0.2, ...many.filter((v) => v !== 0.05 && v !== 0.2)]),
    /at most 1000000/,
  );
  assert.match(messageOf(plannedSweep(), specOf({ seed: 9 })), /seed differs/);
});

Deno.test("judgeExtension() refuses a range that would need a run cap, or touch 0", () => {
  const domain = { kind: "float", scale: "log", min: 0.01, max: 0.1 } as const;
  const spec = (min: number, runCap: number | null) =>
    specOf({ method: "random", parameters: [{ name: "lr", domain: { ...domain, min } }], runCap });
  const ledger = plannedSweep(spec(0.01, 3));
  assert.equal(messageOf(ledger, spec(0.001, 5)), "possible: 2");
  assert.match(messageOf(ledger, spec(0.01, null)), /must have a run_cap/);
  assert.match(messageOf(ledger, spec(0, 5)), /must be a number > 0/);
});

Deno.test("judgeExtension() refuses a cancelled sweep, whatever it asks for", () => {
  const ledger = plannedSweep();
  ledger.apply({ type: "sweepEnded", outcome: "cancelled", by: "test" });
  assert.match(messageOf(ledger, specOf({ replicates: 2 })), /it is cancelled/);
});
