import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { epoch } from "../../core/domain/units.ts";
import { cpuBackend } from "../engine/cpu_backend.ts";
import { PackTrainer } from "./pack_trainer.ts";
import {
  floatDataset,
  laneOf,
  packOf,
  runPack,
  smallDataset,
  testClock,
  TESTED_BACKENDS,
  trialOf,
} from "./testing.ts";

const LANES = [laneOf(1, { lr: 0.02 }), laneOf(2, { lr: 0.05, hiddenWidth: 4, momentum: 0.5 })];
const CLASSES = { dataset: smallDataset(), clock: testClock };
const VALUES = { dataset: floatDataset("regression"), clock: testClock };

Deno.test("PackTrainer reports each k-th epoch and the last as it would report every one", async () => {
  const options = { ...CLASSES, backend: await cpuBackend.load() };
  for (const batchSize of [16, 1000]) {
    const spec = packOf(LANES, { epochs: epoch(7), batchSize });
    const each = await runPack(spec, options);
    const some = await runPack({ ...spec, reportEvery: 3 }, options);
    assert.deepEqual(some.epochs.map((e) => Number(e.epoch)), [3, 6, 7]);
    assert.deepEqual(some.epochs.map((e) => e.lanes), [2, 5, 6].map((i) => each.epochs[i]!.lanes));
    assert.deepEqual(some.checkpoints, each.checkpoints);
    const steps = (run: typeof each): number => run.epochs.reduce((sum, e) => sum + e.laneSteps, 0);
    assert.equal(steps(some), steps(each));
  }
});

Deno.test("PackTrainer goes on from an epoch between two reports to the next of them", async () => {
  const options = { ...CLASSES, backend: await cpuBackend.load() };
  const spec = packOf(LANES, { epochs: epoch(9), reportEvery: 4 });
  const held = await runPack({ ...spec, epochs: epoch(2) }, options);
  const lanes = LANES.map((lane, i) => ({ ...lane, resume: held.checkpoints[i]! }));
  const { epochs } = await runPack({ ...spec, lanes, startEpoch: epoch(2) }, options);
  assert.deepEqual(epochs.map((e) => Number(e.epoch)), [4, 8, 9]);
});

for (const optimizer of ["momentum", "adam"] as const) {
  Deno.test(`PackTrainer gets from 6 epochs of ${optimizer} what it gets from 3 and 3 resumed`, async () => {
    const options = { ...VALUES, backend: await cpuBackend.load() };
    const spec = packOf(LANES, { optimizer, activation: "tanh" });
    const whole = await runPack(spec, options);
    const held = await runPack({ ...spec, epochs: epoch(3) }, options);
    const lanes = LANES.map((lane, i) => ({ ...lane, resume: held.checkpoints[i]! }));
    const rest = await runPack({ ...spec, lanes, startEpoch: epoch(3) }, options);
    for (const { trial } of LANES) {
      const due = trialOf({ ...whole, epochs: whole.epochs.slice(3) }, trial);
      assert.deepEqual(trialOf(rest, trial), due);
    }
  });
}

Deno.test("PackTrainer.open() refuses a checkpoint of another optimizer, and losses that do not fit", async () => {
  const options = { ...VALUES, backend: await cpuBackend.load() };
  const spec = packOf(LANES, { optimizer: "adam" });
  const held = await runPack({ ...spec, epochs: epoch(1) }, options);
  const lanes = LANES.map((lane, i) => ({ ...lane, resume: held.checkpoints[i]! }));
  const resumed = packOf(lanes, { startEpoch: epoch(1) });
  const before = tf.memory().numTensors;
  await assert.rejects(PackTrainer.open(resumed, options), {
    name: "RangeError",
    message:
      "Cannot resume trial 1: its checkpoint remembers first_moment, second_moment for the " +
      "optimizer; it must remember nothing",
  });
  const wrong = packOf(LANES, { loss: "softmax_cross_entropy" });
  await assert.rejects(PackTrainer.open(wrong, options), /must be mean_squared_error/);
  await assert.rejects(
    PackTrainer.open(packOf([laneOf(1, { momentum: 1 })]), options),
    /momentum 1/,
  );
  await assert.rejects(
    PackTrainer.open(packOf([laneOf(1, { weightDecay: -1 })]), options),
    /weight decay -1/,
  );
  await assert.rejects(PackTrainer.open(packOf(LANES, { reportEvery: 0 }), options), /every 0/);
  await assert.rejects(PackTrainer.open(packOf([]), options), /no lanes/);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("PackTrainer measures regression by its error, in the units of the data", async () => {
  const backend = await cpuBackend.load();
  const { dataset } = VALUES;
  const { targets } = dataset.test;
  assert(targets.kind === "values");
  const spec = packOf(LANES, { activation: "tanh", epochs: epoch(30) });
  const plain = await runPack(spec, { ...VALUES, backend });
  const scaled = await runPack(spec, {
    ...VALUES,
    backend,
    dataset: { ...dataset, targetScale: { mean: 7, std: 10 }, noiseFree: targets.values },
  });
  const [last] = plain.epochs.at(-1)!.lanes;
  assert(last?.outcome.kind === "metrics");
  const { metrics } = last.outcome;
  assert.deepEqual(Object.keys(metrics).sort(), ["train_loss", "val_loss", "val_rmse"]);
  assert.equal(metrics.val_rmse, Math.sqrt(metrics.val_loss));
  const [final, inUnits] = [plain.finals[0]!, scaled.finals[0]!];
  assert(final.kind === "metrics" && inUnits.kind === "metrics" && final.confusion === null);
  const errors = final.predictions.map((p, i) => (p - targets.values[i]!) ** 2);
  const rmse = Math.sqrt(errors.reduce((sum, e) => sum + e, 0) / errors.length);
  assert.ok(Math.abs(final.metrics.test_rmse! - rmse) < 1e-5);
  assert.ok(rmse < 0.8, `${rmse}`);
  assert.ok(Math.abs(inUnits.metrics.test_rmse! - 10 * rmse) < 1e-4);
  assert.ok(Math.abs(inUnits.metrics.rmse_to_truth! - 10 * rmse) < 1e-4);
  assert.equal(final.metrics.rmse_to_truth, undefined);
});

for (const loader of TESTED_BACKENDS) {
  Deno.test(`PackTrainer learns to tell two classes apart with one output on ${loader.name}`, async () => {
    const dataset = floatDataset("binary");
    const spec = packOf(LANES, { optimizer: "adam", activation: "tanh", epochs: epoch(40) });
    const { epochs, finals } = await runPack(spec, {
      ...VALUES,
      dataset,
      backend: await loader.load(),
    });
    const [last] = epochs.at(-1)!.lanes;
    assert(last?.outcome.kind === "metrics");
    assert.ok(last.outcome.metrics.train_accuracy! > 0.9);
    const [final] = finals;
    assert(final?.kind === "metrics" && final.confusion !== null);
    const right = final.confusion[0]![0]! + final.confusion[1]![1]!;
    assert.ok(Math.abs(right / dataset.test.count - final.metrics.test_accuracy!) < 1e-9);
  });
}
