import assert from "node:assert/strict";
import {
  parseAttempt,
  parseConfigurationId,
  parsePackId,
  parseTrialId,
  parseWorkerId,
} from "../../core/domain/ids.ts";
import { objectiveValue } from "../../core/domain/objective.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { epoch } from "../../core/domain/units.ts";
import { sweepCreated } from "../../tests/support/specs.ts";
import { supersededModels } from "./superseded_models.ts";

/** A ledger of two replicates for each configuration; `accuracies` of the trials that have ended. */
function ledgerOf(configurations: number, accuracies: ReadonlyMap<number, number>): SweepLedger {
  const ledger = new SweepLedger(sweepCreated());
  const trials = Array.from({ length: 2 * configurations }, (_, i) => parseTrialId(i));
  ledger.apply({
    type: "trialsQueued",
    trials: trials.map((trial) => ({
      trial,
      configuration: parseConfigurationId(trial >> 1),
      replicate: trial & 1,
      hyperparameters: {},
    })),
  });
  const [pack, attempt] = [parsePackId(0), parseAttempt(1)];
  ledger.apply({ type: "packsQueued", packs: [{ pack, trials }] });
  const worker = parseWorkerId("w");
  const delivery = { sequence: 1, count: 1 };
  ledger.apply({ type: "packLeased", pack, attempt, worker, backend: "wasm", delivery });
  for (const [trial, accuracy] of accuracies) {
    ledger.apply({
      type: "trialCompleted",
      trial: parseTrialId(trial),
      pack,
      attempt,
      epoch: epoch(2),
      objective: objectiveValue(accuracy),
      metrics: {},
      result: null,
      model: Number.isFinite(accuracy) ? "some" : null,
    });
  }
  return ledger;
}

/** Both replicates of each configuration with the accuracy that the function says. */
function allDone(configurations: number, accuracyOf: (configuration: number) => number) {
  return new Map(Array.from({ length: 2 * configurations }, (_, i) => [i, accuracyOf(i >> 1)]));
}

Deno.test("supersededModels() names all replicates behind the best ten configurations", () => {
  const ledger = ledgerOf(12, allDone(12, (c) => c / 100));
  assert.deepEqual([...supersededModels(ledger)].sort(), [0, 1, 2, 3]);
});

Deno.test("supersededModels() names nothing while ten or fewer configurations have ended", () => {
  assert.deepEqual(supersededModels(ledgerOf(10, allDone(10, (c) => c / 100))), []);
});

Deno.test("supersededModels() waits for all replicates: they may still lift a configuration", () => {
  const accuracies = allDone(12, (c) => c / 100);
  accuracies.delete(1);
  assert.deepEqual([...supersededModels(ledgerOf(12, accuracies))].sort(), [2, 3]);
});

Deno.test("supersededModels() keeps those that tie for the tenth place, and passes over diverged ones", () => {
  const ledger = ledgerOf(13, allDone(13, (c) => c === 0 ? NaN : c <= 3 ? 0.1 : c));
  assert.deepEqual(supersededModels(ledger), []);
});
