import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTrialId } from "../../core/domain/ids.ts";
import { epoch, instant } from "../../core/domain/units.ts";
import type { BackendLoader } from "../engine/backend.ts";
import { cpuBackend } from "../engine/cpu_backend.ts";
import { wasmBackend } from "../engine/wasm_backend.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import type { LaneSpec, PackSpec } from "./pack.ts";
import { PackTrainer, type PackTrainerOptions } from "./pack_trainer.ts";
import {
  laneOf,
  packOf,
  type PackRun,
  runPack,
  smallDataset,
  testClock,
  TESTED_BACKENDS,
  trialOf,
} from "./testing.ts";

const DATASET = smallDataset();
const LANES = [
  laneOf(0),
  laneOf(3, { hiddenWidth: 9, lr: 0.03 }),
  laneOf(8, { replicate: 2, hiddenWidth: 2 }),
];

async function optionsFor(loader: BackendLoader): Promise<PackTrainerOptions> {
  return { dataset: DATASET, backend: await loader.load(), clock: testClock };
}

async function run(loader: BackendLoader, spec: PackSpec): Promise<PackRun> {
  return await runPack(spec, await optionsFor(loader));
}

/** The checkpoints of a pack after `epochs` epochs, having been through the bytes of a file. */
async function checkpointsAfter(loader: BackendLoader, epochs: number, lanes: readonly LaneSpec[]) {
  const { checkpoints } = await run(loader, packOf(lanes, { epochs: epoch(epochs) }));
  const read = decodeCheckpoint(encodeCheckpoint(checkpoints));
  return new Map(read.map((checkpoint) => [checkpoint.trial, checkpoint]));
}

/** The numbers of a run that training decides, in one list. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (value instanceof Float32Array) return [...value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}

for (const loader of TESTED_BACKENDS) {
  Deno.test(`PackTrainer learns, and leaves no tensor behind, on ${loader.name}`, async () => {
    const options = await optionsFor(loader);
    const before = tf.memory().numTensors;
    const { epochs, finals } = await runPack(packOf(LANES, { epochs: epoch(30) }), options);
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(
      epochs.map((e) => Number(e.epoch)),
      Array.from({ length: 30 }, (_, i) => i + 1),
    );
    // 50 examples are three minibatches of 16 and one of 2, for each of three lanes.
    assert.equal(epochs[0]?.laneSteps, 12);
    const final = finals[0]!;
    assert(final.kind === "metrics");
    assert(final.confusion !== null && final.metrics.test_accuracy !== undefined);
    assert.ok(final.metrics.test_accuracy > 0.8, `${final.metrics.test_accuracy}`);
    const counts = final.confusion.flat();
    assert.equal(counts.reduce((sum, n) => sum + n, 0), DATASET.test.count);
    const right = final.confusion.reduce((sum, row, i) => sum + row[i]!, 0);
    assert.equal(right / DATASET.test.count, final.metrics.test_accuracy);
  });

  Deno.test(`PackTrainer keeps as many tensors after an epoch as before it on ${loader.name}`, async () => {
    using trainer = await PackTrainer.open(packOf(LANES), await optionsFor(loader));
    await trainer.trainEpoch(); // The first one puts the validation split on the device.
    const before = tf.memory().numTensors;
    await trainer.trainEpoch();
    await trainer.checkpoint();
    await trainer.finalMetrics();
    assert.equal(tf.memory().numTensors, before);
  });

  Deno.test(`PackTrainer says the same twice on ${loader.name}`, async () => {
    const [one, two] = [await run(loader, packOf(LANES)), await run(loader, packOf(LANES))];
    for (const { trial } of LANES) assert.deepEqual(trialOf(one, trial), trialOf(two, trial));
  });

  Deno.test(`PackTrainer trains a lone trial and the same one in company bit by bit alike on ${loader.name}`, async () => {
    const together = await run(loader, packOf(LANES));
    for (const lane of LANES) {
      const alone = await run(loader, packOf([lane]));
      assert.deepEqual(trialOf(together, lane.trial), trialOf(alone, lane.trial));
    }
  });

  Deno.test(`PackTrainer gets from 6 epochs what it gets from 3 and 3 resumed on ${loader.name}`, async () => {
    const whole = await run(loader, packOf(LANES));
    const held = await checkpointsAfter(loader, 3, LANES);
    const resumed = LANES.map((lane) => ({ ...lane, resume: held.get(lane.trial)! }));
    const rest = await run(loader, packOf(resumed, { startEpoch: epoch(3) }));
    for (const { trial } of LANES) {
      const expected = trialOf({ ...whole, epochs: whole.epochs.slice(3) }, trial);
      assert.deepEqual(trialOf(rest, trial), expected);
    }
  });
}

Deno.test("PackTrainer resumes a lane in other company without a trace of it", async () => {
  const whole = await run(cpuBackend, packOf(LANES));
  const held = await checkpointsAfter(cpuBackend, 2, LANES);
  const others = await checkpointsAfter(cpuBackend, 2, [laneOf(5, { lr: 0.4 }), laneOf(6)]);
  const lanes = [
    laneOf(5, { lr: 0.4, resume: others.get(parseTrialId(5))! }),
    { ...LANES[1]!, resume: held.get(LANES[1]!.trial)! },
  ];
  const rest = await run(cpuBackend, packOf(lanes, { startEpoch: epoch(2) }));
  const { trial } = LANES[1]!;
  assert.deepEqual(
    trialOf(rest, trial),
    trialOf({ ...whole, epochs: whole.epochs.slice(2) }, trial),
  );
});

Deno.test("PackTrainer agrees between wasm and cpu to 1e-4 on random packs", async () => {
  const specs = fc.record({
    seed: fc.nat(),
    batchSize: fc.integer({ min: 1, max: 60 }),
    depth: fc.integer({ min: 1, max: 3 }),
    activation: fc.constantFrom("relu" as const, "sigmoid" as const, "tanh" as const),
    hiddenWidth: fc.integer({ min: 1, max: 33 }),
  });
  await fc.assert(
    fc.asyncProperty(specs, async ({ hiddenWidth, ...spec }) => {
      const pack = packOf([laneOf(1, { hiddenWidth, lr: 0.05 })], { ...spec, epochs: epoch(3) });
      const weights = async (loader: BackendLoader) =>
        numbersOf((await run(loader, pack)).checkpoints);
      const [cpu, wasm] = [await weights(cpuBackend), await weights(wasmBackend)];
      assert.equal(cpu.length, wasm.length);
      cpu.forEach((value, i) =>
        assert.ok(Math.abs(value - wasm[i]!) <= 1e-4 * Math.max(1, Math.abs(value)))
      );
    }),
    // Always the same packs: now and then rounding puts a unit on the other side of relu's kink,
    // and then the two backends rightly differ by more.
    { numRuns: 12, seed: 4 },
  );
});

Deno.test("PackTrainer reports a diverged lane once and goes on with the others", async () => {
  const wild = laneOf(4, { lr: 1e30 });
  const before = tf.memory().numTensors;
  const together = await run(cpuBackend, packOf([LANES[0]!, wild, LANES[1]!]));
  assert.equal(tf.memory().numTensors, before);
  const ofWild = together.epochs.flatMap(({ epoch, lanes }) =>
    lanes.filter((lane) => lane.trial === wild.trial).map((lane) => ({ epoch, ...lane.outcome }))
  );
  assert.deepEqual(ofWild, [{ epoch: 1, kind: "diverged" }]);
  const alone = await run(cpuBackend, packOf([LANES[1]!]));
  assert.deepEqual(trialOf(together, LANES[1]!.trial), trialOf(alone, LANES[1]!.trial));
});

Deno.test("PackTrainer ends when no lane lives", async () => {
  const { epochs, finals } = await run(cpuBackend, packOf([laneOf(4, { lr: 1e30 })]));
  assert.equal(epochs.length, 1);
  assert.deepEqual(finals, []);
});

Deno.test("PackTrainer.stopLane() ends one lane and frees what it held", async () => {
  using trainer = await PackTrainer.open(packOf(LANES), await optionsFor(cpuBackend));
  await trainer.trainEpoch();
  const before = tf.memory().numBytes;
  trainer.stopLane(LANES[1]!.trial);
  trainer.stopLane(LANES[1]!.trial);
  assert.deepEqual(trainer.liveTrials, [LANES[0]!.trial, LANES[2]!.trial]);
  const { lanes } = await trainer.trainEpoch();
  assert.deepEqual(lanes.map((lane) => lane.trial), [LANES[0]!.trial, LANES[2]!.trial]);
  assert.ok(tf.memory().numBytes < before);
});

Deno.test("PackTrainer stops with the signal's reason, lets messages in and leaves no tensor", async () => {
  const stop = new AbortController();
  const reason = new Error("drained");
  const options = { ...await optionsFor(cpuBackend), signal: stop.signal };
  const before = tf.memory().numTensors;
  {
    // A clock that jumps makes every step seem long, so the loop runs after each.
    let now = 0;
    const clock = () => instant(now += 1000);
    using trainer = await PackTrainer.open(packOf(LANES), { ...options, clock });
    setTimeout(() => stop.abort(reason), 0);
    await assert.rejects(trainer.trainEpoch(), (error: unknown) => error === reason);
    await assert.rejects(trainer.checkpoint(), (error: unknown) => error === reason);
    assert.throws(() => trainer.stopLane(LANES[0]!.trial), /left unfinished/);
  }
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("PackTrainer.open() refuses a spec that contradicts itself", async () => {
  const options = await optionsFor(cpuBackend);
  const held = await checkpointsAfter(cpuBackend, 2, LANES);
  const resumed = { ...LANES[0]!, resume: held.get(LANES[0]!.trial)! };
  const two = { startEpoch: epoch(2) };
  const wrong: readonly [RegExp, PackSpec][] = [
    [/batches of 0/, packOf(LANES, { batchSize: 0 })],
    [/twice/, packOf([laneOf(1), laneOf(1)])],
    [/lr NaN/, packOf([laneOf(1, { lr: NaN })])],
    [/depth 0/, packOf(LANES, { depth: 0 })],
    [/at epoch 0/, packOf([laneOf(1)], two)],
    [/at epoch 2/, packOf([resumed])],
    [/of trial 0/, packOf([{ ...resumed, trial: parseTrialId(9) }], two)],
    [/22×6, 6×6, 6×3; it must have 22×7/, packOf([{ ...resumed, hiddenWidth: 7 }], two)],
    [/has layers/, packOf([resumed], { ...two, depth: 1 })],
    [/after epoch 2: the trials have 1/, packOf([resumed], { ...two, epochs: epoch(1) })],
  ];
  const before = tf.memory().numTensors;
  for (const [message, spec] of wrong) {
    await assert.rejects(PackTrainer.open(spec, options), (error: unknown) => {
      assert(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  }
  assert.equal(tf.memory().numTensors, before);
});
