import assert from "node:assert/strict";
import { epoch } from "../../core/domain/units.ts";
import type { TrialResult } from "../../core/domain/trial_result.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { openDataset } from "../datasets/open_dataset.ts";
import { wasmBackend } from "../engine/wasm_backend.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { snapshotEpochs } from "./picture_snapshots.ts";
import { describeLanes } from "./lane_results.ts";
import { worstMistakes } from "./mistakes.ts";
import type { PackSpec } from "./pack.ts";
import { PackTrainer } from "./pack_trainer.ts";
import { sampleImages } from "./sample_images.ts";
import { laneOf, packOf, smallDataset, testClock } from "./testing.ts";

async function openTrainer(dataset: Dataset, spec: PackSpec): Promise<PackTrainer> {
  return await PackTrainer.open(spec, {
    dataset,
    backend: await wasmBackend.load(),
    clock: testClock,
  });
}

/** Trains to the end; the results of the lanes in order, and how they were scored. */
async function trainAndDescribe(dataset: Dataset, spec: PackSpec) {
  using trainer = await openTrainer(dataset, spec);
  for await (const _ of trainer.epochs());
  const finals = await trainer.finalMetrics();
  const lanes = await trainer.checkpoint();
  const results = await describeLanes(trainer, { dataset, finals, lanes });
  return { finals, results: spec.lanes.map(({ trial }) => results.get(trial)!) };
}

const total = (matrix: readonly (readonly number[])[]) => matrix.flat().reduce((a, b) => a + b, 0);

Deno.test("describeLanes() counts every example of every split, and names the worst mistakes", async () => {
  const dataset = smallDataset();
  const spec = packOf([laneOf(0), laneOf(3, { hiddenWidth: 9 })], { epochs: epoch(1) });
  const { finals, results } = await trainAndDescribe(dataset, spec);
  for (const [i, { confusions, mistakes, picture, classes }] of results.entries()) {
    const final = finals[i]!;
    assert.ok(confusions !== null && final.kind === "metrics");
    assert.deepEqual(classes, ["a", "b", "c"]);
    assert.deepEqual([confusions.train, confusions.validation, confusions.test].map(total), [
      50,
      31,
      17,
    ]);
    assert.deepEqual(confusions.test, final.confusion);
    const right = confusions.test.reduce((sum, row, c) => sum + row[c]!, 0);
    const pairs = (some: typeof mistakes) =>
      new Set(some.map((one) => `${one.actual} ${one.predicted}`));
    assert.equal(mistakes.slice(0, 12).length, Math.min(12, 17 - right));
    assert.equal(
      pairs(mistakes).size,
      confusions.test.flatMap((row, c) => row.filter((n, p) => p !== c && n > 0)).length,
      "each confusion has an example",
    );
    assert.ok(
      mistakes.every(({ confidence }, at) =>
        confidence > 1 / 3 && confidence <= (mistakes[at - 1]?.confidence ?? 1)
      ),
    );
    assert.ok(
      mistakes.every(({ confidence, loss }) =>
        loss !== null && loss >= -Math.log(1 - confidence) - 1e-5
      ),
    );
    assert.equal(picture, null);
  }
});

Deno.test("worstMistakes() keeps twelve of the surest, and one of each confusion beyond them", () => {
  const count = 40;
  // Every example is of class 0; thirty are taken for 1, most surely, then five each for 2 and 3.
  const dataset: Dataset = {
    ...smallDataset(),
    test: {
      count,
      features: 1,
      inputs: { kind: "floats", values: new Float32Array(count) },
      targets: { kind: "classes", labels: new Uint16Array(count) },
    },
  };
  const found = {
    predictions: Float32Array.from({ length: count }, (_, i) => i < 30 ? 1 : i < 35 ? 2 : 3),
    confidences: Float32Array.from({ length: count }, (_, i) => 0.99 - i / 100),
    losses: new Float32Array(count).fill(1),
  };
  const indices = worstMistakes(dataset, found).map(({ index }) => index);
  assert.deepEqual(indices, [...Array.from({ length: 12 }, (_, i) => i), 30, 35]);
});

Deno.test("worstMistakes() keeps the bytes of an image with its channels together", () => {
  const scale = { mean: 0, std: 1 };
  const dataset: Dataset = {
    ...smallDataset(),
    modelInputs: { kind: "image", width: 2, height: 1, planes: [scale, scale, scale] },
    test: {
      count: 2,
      features: 6,
      inputs: { kind: "bytes", bytes: Uint8Array.of(0, 0, 0, 0, 0, 0, 10, 11, 20, 21, 30, 31) },
      targets: { kind: "classes", labels: Uint16Array.of(1, 2) },
    },
  };
  const found = {
    predictions: Float32Array.of(1, 0),
    confidences: Float32Array.of(0.9, 0.5),
    losses: Float32Array.of(0.25, 1.5),
  };
  const data = Uint8Array.of(10, 20, 30, 11, 21, 31).toBase64();
  assert.deepEqual(worstMistakes(dataset, found), [{
    index: 1,
    actual: 2,
    predicted: 0,
    confidence: 0.5,
    loss: 1.5,
    image: { width: 2, height: 1, channels: 3, data },
  }]);
});

/** Two pixels of three planes an example, three classes; every number tells where it is from. */
function imageDataset(labels: readonly number[]): Dataset {
  const scale = { mean: 0, std: 1 };
  const bytes = Uint8Array.from({ length: 6 * labels.length }, (_, i) => i);
  return {
    ...smallDataset(),
    modelInputs: { kind: "image", width: 2, height: 1, planes: [scale, scale, scale] },
    train: {
      count: labels.length,
      features: 6,
      inputs: { kind: "bytes", bytes },
      targets: { kind: "classes", labels: Uint16Array.from(labels) },
    },
  };
}

Deno.test("sampleImages() keeps the first five training images of each class, by class", () => {
  const samples = sampleImages(imageDataset([2, 0, 2, 2, 2, 2, 2, 0]));
  assert.deepEqual(
    samples.map(({ index, label }) => [index, label]),
    [[1, 0], [7, 0], [0, 2], [2, 2], [3, 2], [4, 2], [5, 2]],
  );
  // Planes 6 7 · 8 9 · 10 11: red, green, blue of the first pixel, then of the second.
  const data = Uint8Array.of(6, 8, 10, 7, 9, 11).toBase64();
  assert.deepEqual(samples[0]?.image, { width: 2, height: 1, channels: 3, data });
});

Deno.test("sampleImages() keeps fewer of large images, and none where examples are no images", () => {
  const { modelInputs, train, classes } = imageDataset([0, 0, 0, 0, 0, 1, 2]);
  const side = 256;
  const [plane] = modelInputs?.kind === "image" ? modelInputs.planes : [];
  assert.ok(plane !== undefined);
  const large = sampleImages({
    classes,
    modelInputs: { kind: "image", width: side, height: side, planes: [plane, plane, plane] },
    train: {
      ...train,
      features: 3 * side * side,
      inputs: { kind: "bytes", bytes: new Uint8Array(7 * 3 * side * side) },
    },
  });
  // 1 MiB holds five images of 192 KiB: one of each of three classes.
  assert.deepEqual(large.map(({ index }) => index), [0, 5, 6]);
  assert.deepEqual(sampleImages({ classes, train }), []);
});

Deno.test("describeLanes() gives the samples to the lane with the lowest number alone", async () => {
  const small = smallDataset();
  const dataset: Dataset = {
    ...small,
    modelInputs: {
      kind: "image",
      width: small.features,
      height: 1,
      planes: [{ mean: 0, std: 1 }],
    },
  };
  const spec = packOf([laneOf(4), laneOf(3)], { epochs: epoch(1) });
  const { results: [second, first] } = await trainAndDescribe(dataset, spec);
  assert.deepEqual(second?.samples, []);
  const labels = first?.samples.map(({ label }) => label) ?? [];
  assert.deepEqual(labels, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
});

const XOR = { dataset: "xor", seed: 1, examples: 200, noise: 0.1, validation: 0.2 } as const;

Deno.test("describeLanes() draws the surface that divides the four clusters", async () => {
  const dataset = await openDataset(XOR, { home: "/nowhere" });
  const lane = laneOf(0, { hiddenWidth: 16, lr: 0.05 });
  const spec = packOf([lane], {
    depth: 1,
    optimizer: "adam",
    activation: "tanh",
    epochs: epoch(40),
  });
  const { finals: [final], results: [result] } = await trainAndDescribe(dataset, spec);
  assert.ok(final?.kind === "metrics" && result?.picture?.kind === "surface");
  assert.equal(final.metrics.centre_accuracy, 1);
  const { x, y, values, points } = result.picture;
  assert.deepEqual([x.count, y.count, values.length, points.length], [61, 61, 3721, 200]);
  const at = (px: number, py: number): number => {
    const column = Math.round((px - x.min) / (x.max - x.min) * 60);
    const row = Math.round((py - y.min) / (y.max - y.min) * 60);
    return values[row * 61 + column]!;
  };
  assert.ok(at(0, 1) > 0.9 && at(1, 0) > 0.9, "class 1 where one coordinate is 1");
  assert.ok(at(0, 0) < 0.1 && at(1, 1) < 0.1, "class 0 elsewhere");
});

Deno.test("describeLanes() keeps surfaces on the way, also of before a checkpoint", async () => {
  const dataset = await openDataset(XOR, { home: "/nowhere" });
  const lanes = [laneOf(0, { lr: 0.05 }), laneOf(1, { lr: 0.02, hiddenWidth: 9 })];
  const spec = packOf(lanes, { depth: 1, epochs: epoch(12) });
  const straight = (await trainAndDescribe(dataset, spec)).results;
  using first = await openTrainer(dataset, spec);
  for (let i = 0; i < 5; i++) await first.trainEpoch();
  const saved = decodeCheckpoint(encodeCheckpoint(await first.checkpoint()));
  first[Symbol.dispose]();
  // One lane goes on by itself: its company changes nothing.
  const resume = saved.find(({ trial }) => trial === 1) ?? null;
  const rest = { ...spec, lanes: [{ ...lanes[1]!, resume }], startEpoch: epoch(5) };
  assert.deepEqual(
    (await trainAndDescribe(dataset, rest)).results[0]?.picture,
    straight[1]?.picture,
  );

  const picture = straight[1]?.picture;
  assert.ok(picture?.kind === "surface");
  assert.equal(picture.epoch, 12);
  assert.deepEqual(
    picture.snapshots.map((one) => one.epoch),
    [2, 3, 4, 5, 6, 8, 9, 10, 11].map(Number),
  );
  for (const { side, values } of picture.snapshots) {
    assert.deepEqual([side, values.length], [31, 961]);
    assert.ok(values.every((p) => p >= 0 && p <= 1 && Math.round(p * 1000) / 1000 === p));
  }
  // Both grids share their middle: what the last one says there is near what the result says.
  assert.ok(Math.abs(picture.snapshots[8]!.values[480]! - picture.values[1860]!) < 0.1);
  assert.ok(JSON.stringify(picture.snapshots).length < 60_000);
});

Deno.test("describeLanes() does without surfaces that an older checkpoint has not", async () => {
  const dataset = await openDataset(XOR, { home: "/nowhere" });
  const spec = packOf([laneOf(0)], { depth: 1, epochs: epoch(10) });
  using first = await openTrainer(dataset, spec);
  for (let i = 0; i < 5; i++) await first.trainEpoch();
  const [saved] = await first.checkpoint();
  first[Symbol.dispose]();
  const { curves: _, ...resume } = saved!;
  const rest = { ...spec, lanes: [{ ...laneOf(0), resume }], startEpoch: epoch(5) };
  const picture = (await trainAndDescribe(dataset, rest)).results[0]?.picture;
  assert.ok(picture?.kind === "surface");
  assert.deepEqual(picture.snapshots.map((one) => one.epoch), [6, 7, 8, 9]);
});

Deno.test("snapshotEpochs() are reported ones, evenly spaced, the last one among them", () => {
  assert.deepEqual([...snapshotEpochs(epoch(50_000), { reportEvery: 50, most: 5 })], [
    10_000,
    20_000,
    30_000,
    40_000,
    50_000,
  ]);
  assert.deepEqual([...snapshotEpochs(epoch(7), { reportEvery: 1, most: 5 })], [2, 3, 5, 6, 7]);
  assert.deepEqual([...snapshotEpochs(epoch(10), { reportEvery: 4, most: 5 })], [4, 8, 10]);
  assert.deepEqual([...snapshotEpochs(epoch(1), { reportEvery: 1, most: 5 })], [1]);
});

Deno.test("describeLanes() shows the fits on the way, also of before a checkpoint", async () => {
  const request = { ...XOR, dataset: "noisy-sigmoid", noise: 0.05 } as const;
  const dataset = await openDataset(request, { home: "/nowhere" });
  const lanes = [laneOf(0, { lr: 0.05 }), laneOf(1, { lr: 0.02, hiddenWidth: 9 })];
  const spec = packOf(lanes, { depth: 1, epochs: epoch(10) });
  const straight = (await trainAndDescribe(dataset, spec)).results;

  using first = await openTrainer(dataset, spec);
  for (let i = 0; i < 5; i++) await first.trainEpoch();
  const saved = decodeCheckpoint(encodeCheckpoint(await first.checkpoint()));
  first[Symbol.dispose]();
  const resumed = lanes.map((lane) => ({
    ...lane,
    resume: saved.find(({ trial }) => trial === lane.trial) ?? null,
  }));
  const rest = { ...spec, lanes: resumed, startEpoch: epoch(5) };
  assert.deepEqual((await trainAndDescribe(dataset, rest)).results, straight);

  for (const { picture, confusions, mistakes } of straight) {
    assert.ok(picture?.kind === "curve" && confusions === null && mistakes.length === 0);
    assert.deepEqual(picture.snapshots.map((one) => Number(one.epoch)), [2, 4, 6, 8, 10]);
    assert.equal(picture.x.length, 200);
    assert.equal(picture.points.length, dataset.train.count);
    assert.ok(Math.abs(picture.truth![100]! - 1 / (1 + Math.exp(-picture.x[100]!))) < 1e-9);
    const errorOf = (y: readonly number[]) =>
      y.reduce((sum, value, i) => sum + (value - picture.truth![i]!) ** 2, 0);
    assert.ok(errorOf(picture.snapshots[4]!.y) < errorOf(picture.snapshots[0]!.y), "it learns");
  }
});

Deno.test("describeLanes() draws tables in the units of their columns", async () => {
  const rng = createRng(3, "table");
  const rows = Array.from({ length: 60 }, () => {
    const x = 1000 + 50 * rng.normal();
    return `${x},${-3 * x + 7}`;
  });
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/line.csv`, ["x,y", ...rows].join("\n"));
    const dataset = await openDataset({
      dataset: "csv",
      seed: 1,
      validation: 0.2,
      folder,
      path: "line.csv",
      target: "y",
      kind: "regression",
      features: null,
      categorical: [],
      test: 0.2,
    }, { home: "/nowhere" });
    const spec = packOf([laneOf(0, { lr: 0.05 })], { depth: 1, epochs: epoch(60) });
    const [result] = (await trainAndDescribe(dataset, spec)).results;
    const picture: TrialResult["picture"] = result!.picture;
    assert.ok(picture?.kind === "curve" && picture.truth === null);
    const { x, snapshots, points } = picture;
    const y = snapshots.at(-1)!.y;
    for (const i of [20, 100, 180]) assert.ok(Math.abs(y[i]! - (7 - 3 * x[i]!)) < 60, `${y[i]}`);
    assert.ok(points.every((point) => Math.abs(point.y - (7 - 3 * point.x)) < 0.1));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
