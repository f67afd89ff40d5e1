import assert from "node:assert/strict";
import { parseAttempt, parsePackId, parseWorkerId } from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { epoch } from "../../core/domain/units.ts";
import { specOf, sweepCreated } from "../../tests/support/specs.ts";
import { planTrials } from "../plan_trials.ts";
import { fuseKey } from "./fuse_key.ts";
import { UnpackedTrials } from "./unpacked_trials.ts";

/** Two depths of twelve trials each, all asked for. */
function plannedSweep(change: Partial<SweepSpec> = {}): SweepLedger {
  const spec = specOf({
    maxLanes: 16,
    parameters: [
      { name: "depth", domain: { kind: "values", values: [1, 2] } },
      { name: "lr", domain: { kind: "values", values: [0.1, 0.2, 0.3] } },
      { name: "hidden_width", domain: { kind: "values", values: [8, 16, 24, 32] } },
    ],
    ...change,
  });
  const ledger = new SweepLedger(sweepCreated(spec));
  for (const events of planTrials(ledger)) events.forEach((event) => ledger.apply(event));
  return ledger;
}

Deno.test("UnpackedTrials.form() packs every trial once, equal keys inside", () => {
  const ledger = plannedSweep();
  const unpacked = new UnpackedTrials(ledger);
  for (let round = 0; round < 10; round++) {
    const packs = unpacked.form({ packs: 1, slots: 2 });
    if (packs.length > 0) ledger.apply({ type: "packsQueued", packs });
  }
  const packed = ledger.packs.flatMap((pack) => pack.trials);
  assert.deepEqual(packed.toSorted((a, b) => a - b), ledger.trials.map(({ id }) => id));
  for (const { trials } of ledger.packs) {
    assert.equal(new Set(trials.map((id) => fuseKey(ledger.trial(id).hyperparameters))).size, 1);
  }
});

Deno.test("UnpackedTrials.form() goes on where a restarted coordinator's ledger stands", () => {
  const ledger = plannedSweep();
  const packs = new UnpackedTrials(ledger).form({ packs: 1, slots: 4 });
  ledger.apply({ type: "packsQueued", packs });
  const rest = new UnpackedTrials(ledger).form({ packs: Infinity, slots: 4 });
  ledger.apply({ type: "packsQueued", packs: rest });
  assert.deepEqual(
    ledger.packs.flatMap((pack) => pack.trials).toSorted((a, b) => a - b),
    ledger.trials.map(({ id }) => id),
  );
});

Deno.test("UnpackedTrials.form() halves its packs where a device ran out of memory", () => {
  const ledger = plannedSweep({
    parameters: [
      { name: "hidden_width", domain: { kind: "int", scale: "linear", min: 1, max: 32 } },
    ],
  });
  const unpacked = new UnpackedTrials(ledger);
  ledger.apply({ type: "packsQueued", packs: unpacked.form({ packs: 1, slots: 1 }) });
  const [tooLarge] = ledger.packs;
  assert.equal(tooLarge?.trials.length, 16);
  ledger.apply({
    type: "packLeased",
    pack: parsePackId(0),
    attempt: parseAttempt(1),
    worker: parseWorkerId("w"),
    backend: "webgpu",
    delivery: { sequence: 1, count: 1 },
  });
  const trials = tooLarge?.trials ?? [];
  ledger.apply({
    type: "packSplit",
    pack: parsePackId(0),
    attempt: parseAttempt(1),
    message: "no memory for 16 lanes",
    into: [
      { pack: parsePackId(1), trials: trials.slice(0, 8) },
      { pack: parsePackId(2), trials: trials.slice(8) },
    ],
  });
  assert.equal(ledger.counts.queued, 32);
  assert.equal(ledger.pack(parsePackId(0)).state.status, "over");
  const next = unpacked.form({ packs: Infinity, slots: 1 });
  assert.deepEqual(next.map((pack) => pack.trials.length), [8, 8]);
});

Deno.test("UnpackedTrials.form() packs retried trials again, those of one checkpoint together", () => {
  const ledger = plannedSweep({ maxLanes: 4 });
  const unpacked = new UnpackedTrials(ledger);
  ledger.apply({ type: "packsQueued", packs: unpacked.form({ packs: Infinity, slots: 1 }) });
  const reason = { kind: "exception", message: "it threw" } as const;
  const [first, second] = ledger.packs;
  assert.ok(first !== undefined && second !== undefined);
  for (const { id: pack, trials } of [first, second]) {
    const held = { pack, attempt: parseAttempt(1) };
    const delivery = { sequence: pack + 1, count: 1 };
    const worker = parseWorkerId("w");
    ledger.apply({ type: "packLeased", ...held, worker, backend: "cpu", delivery });
    const artifact = `pack-${pack}`;
    ledger.apply({ type: "checkpointStored", ...held, epoch: epoch(1), artifact, trials });
    for (const trial of trials) ledger.apply({ type: "trialFailed", trial, reason });
  }
  const retried = [...second.trials, ...first.trials];
  for (const trial of retried) ledger.apply({ type: "trialRetried", trial, by: "test" });
  const restarted = new UnpackedTrials(ledger);
  const packs = unpacked.form({ packs: Infinity, slots: 1 });
  assert.deepEqual(packs.map(({ trials }) => trials), [second.trials, first.trials]);
  assert.deepEqual(restarted.form({ packs: Infinity, slots: 1 }), packs);
  ledger.apply({ type: "packsQueued", packs });
  assert.deepEqual(unpacked.form({ packs: Infinity, slots: 1 }), []);
  assert.deepEqual(new UnpackedTrials(ledger).form({ packs: Infinity, slots: 1 }), []);
  const [again] = first.trials;
  assert.ok(again !== undefined);
  ledger.apply({ type: "trialFailed", trial: again, reason });
  ledger.apply({ type: "trialRetried", trial: again, by: "test" });
  for (const packer of [unpacked, new UnpackedTrials(ledger)]) {
    assert.deepEqual(packer.form({ packs: Infinity, slots: 1 }).map(({ trials }) => trials), [[
      again,
    ]]);
  }
});
