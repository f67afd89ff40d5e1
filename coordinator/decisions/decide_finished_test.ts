import assert from "node:assert/strict";
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseSweepId,
  parseTrialId,
  parseWorkerId,
} from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { epoch } from "../../core/domain/units.ts";
import { sweepCreated } from "../../tests/support/specs.ts";
import { decideFinished } from "./decide_finished.ts";

const SWEEP = parseSweepId("small-1");
const [TRIAL, PACK, ATTEMPT] = [parseTrialId(0), parsePackId(0), parseAttempt(1)];
const WORKER = parseWorkerId("w");

/** What is journalled of a trial whose worker names these files. */
function completedWith(result: string | null, model: string | null) {
  const ledger = new SweepLedger(sweepCreated());
  const trial = { trial: TRIAL, replicate: 0, hyperparameters: {} };
  ledger.apply({
    type: "trialsQueued",
    trials: [{ ...trial, configuration: parseConfigurationId(0) }],
  });
  ledger.apply({ type: "packsQueued", packs: [{ pack: PACK, trials: [TRIAL] }] });
  const delivery = { sequence: 1, count: 1 };
  ledger.apply({
    type: "packLeased",
    pack: PACK,
    attempt: ATTEMPT,
    worker: WORKER,
    backend: "wasm",
    delivery,
  });
  const metrics = { val_accuracy: 0.5 };
  const finished = {
    v: 1,
    sweep: SWEEP,
    pack: PACK,
    attempt: ATTEMPT,
    worker: WORKER,
    lanes: [{ trial: TRIAL, kind: "trained", epoch: epoch(2), metrics, result, model }],
  } as const;
  const { events } = decideFinished(ledger, ledger.pack(PACK), { finished });
  const [completed] = events;
  assert.ok(completed?.type === "trialCompleted");
  return { result: completed.result, model: completed.model };
}

Deno.test("decideFinished() journals the trial's own files", () => {
  const own = {
    result: "sweeps/small-1/trials/0/result.json",
    model: "sweeps/small-1/trials/0/model.safetensors",
  };
  assert.deepEqual(completedWith(own.result, own.model), own);
  assert.deepEqual(completedWith(own.result, null), { ...own, model: null });
});

Deno.test("decideFinished() takes no notice of other files that a worker names", () => {
  const none = { result: null, model: null };
  assert.deepEqual(
    completedWith("sweeps/small-1/snapshots/a.json", "sweeps/other/trials/0/model.safetensors"),
    none,
  );
  assert.deepEqual(
    completedWith("sweeps/small-1/trials/1/result.json", "../model.safetensors"),
    none,
  );
});
