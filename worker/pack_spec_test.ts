import assert from "node:assert/strict";
import { parseTrialId } from "../core/domain/ids.ts";
import { packSpecOf } from "./pack_spec.ts";
import type { DataJob } from "./thread_messages.ts";

type Hyperparameters = DataJob["lanes"][number]["hyperparameters"];

function jobOf(...lanes: readonly Hyperparameters[]): DataJob {
  const job = {
    seed: 3,
    resume: null,
    lanes: lanes.map((hyperparameters, i) => ({
      trial: parseTrialId(i),
      replicate: i,
      hyperparameters,
    })),
  };
  return job as unknown as DataJob;
}

Deno.test("packSpecOf() gives each lane its own rates and the pack what they share", () => {
  const shared = { optimizer: "adam", gradient: "auto", depth: 2, epochs: 10, batch_size: 8 };
  const { lanes, reportEvery, ...spec } = packSpecOf(jobOf(
    { ...shared, lr: 0.1, momentum: 0.5, weight_decay: 0.01, hidden_width: 7 },
    { ...shared, lr: 0.2 },
  ));
  assert.deepEqual(lanes.map(({ trial: _, ...lane }) => lane), [
    { replicate: 0, lr: 0.1, momentum: 0.5, weightDecay: 0.01, hiddenWidth: 7, resume: null },
    { replicate: 1, lr: 0.2, momentum: 0.9, weightDecay: 0, hiddenWidth: 32, resume: null },
  ]);
  assert.deepEqual({ ...spec }, {
    seed: 3,
    batchSize: 8,
    depth: 2,
    activation: "relu",
    optimizer: "adam",
    gradient: "auto",
    loss: null,
    epochs: 10,
    startEpoch: 0,
  });
  assert.equal(reportEvery, 1);
});

Deno.test("packSpecOf() asks for about a thousand reports of a long trial", () => {
  const every = [1000, 1001, 50_000].map((epochs) => packSpecOf(jobOf({ epochs })).reportEvery);
  assert.deepEqual(every, [1, 2, 50]);
});

Deno.test("packSpecOf() refuses lanes that cannot share a step", () => {
  for (const odd of [{ optimizer: "adam" }, { gradient: "auto" }, { activation: "tanh" }]) {
    assert.throws(() => packSpecOf(jobOf({}, odd)), /Cannot train trial 1 in this pack/);
  }
  assert.throws(() => packSpecOf(jobOf()), /it has no lanes/);
});
