import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import assert from "node:assert/strict";
import { encode as encodePng } from "fast-png";
import { parseSweepId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import { epoch } from "../../core/domain/units.ts";
import { decodeModel } from "../../core/protocol/model_file.ts";
import type { StoredModel } from "../../core/views/trial_files.ts";
import type { Dataset } from "../../worker/datasets/dataset.ts";
import { type DatasetRequest, openDataset } from "../../worker/datasets/open_dataset.ts";
import { cpuBackend } from "../../worker/engine/cpu_backend.ts";
import { writeInputs } from "../../worker/training/example_rows.ts";
import { PackTrainer } from "../../worker/training/pack_trainer.ts";
import { laneOf, packOf, testClock } from "../../worker/training/testing.ts";
import { makeTrialFiles } from "../../worker/trial_files.ts";
import { exportModel } from "./export_model.ts";
import { predict } from "./perceptron.ts";
import { predictFile } from "./predict_files.ts";

interface Trained {
  readonly dataset: Dataset;
  readonly model: StoredModel;
  /** The class or value, and the class's probability, of each test example, by the trainer. */
  readonly predictions: Float32Array;
  readonly confidences: Float32Array;
}

/** A small network, trained, and stored as a worker stores it. */
async function train(request: DatasetRequest, epochs: number): Promise<Trained> {
  const dataset = await openDataset(request, { home: "/nowhere" });
  const lane = laneOf(5, { hiddenWidth: 12, lr: 0.05 });
  const spec = packOf([lane], { depth: 2, activation: "tanh", epochs: epoch(epochs) });
  const backend = await cpuBackend.load();
  using trainer = await PackTrainer.open(spec, { dataset, backend, clock: testClock });
  for await (const _ of trainer.epochs());
  const finals = await trainer.finalMetrics();
  const { activation } = spec;
  const options = { sweep: parseSweepId("s-1"), dataset, activation, finals };
  const [files] = await makeTrialFiles(trainer, options);
  const [final] = finals;
  assert.ok(
    final?.kind === "metrics" && files !== undefined && files.model !== null &&
      files.result !== null,
  );
  const { predictions, confidences } = final;
  return { dataset, model: decodeModel(files.model), predictions, confidences };
}

/** So many test examples are looked at. */
const SHOWN = 200;

/** The network's inputs of the first test examples, a row each. */
function testInputs({ test, normalisation }: Dataset): Float32Array[] {
  const { features } = test;
  const count = Math.min(test.count, SHOWN);
  const rows = new Float32Array(count * features);
  writeInputs(rows, {
    split: test,
    indices: Uint32Array.from(rows.keys()).subarray(0, count),
    normalisation,
  });
  return Array.from({ length: count }, (_, i) => rows.subarray(i * features, (i + 1) * features));
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What plain TensorFlow.js makes of the test examples with the exported files. */
async function byTensorFlow({ model, dataset }: Trained): Promise<number[][]> {
  let outputs: number[][] = [];
  await withFolder(async (out) => {
    const [json = "", bin = ""] = await exportModel(model, { format: "tfjs", out });
    const { modelTopology, weightsManifest } = JSON.parse(await Deno.readTextFile(json));
    const weightData = (await Deno.readFile(bin)).buffer;
    const weightSpecs = weightsManifest[0].weights;
    const loaded = await loadLayersModel({
      load: () => Promise.resolve({ modelTopology, weightSpecs, weightData }),
    });
    const examples = tf.tensor2d(testInputs(dataset).map((row) => [...row]));
    const found = loaded.predict(examples);
    assert.ok(found instanceof tf.Tensor);
    outputs = await found.array() as number[][];
    tf.dispose([examples, found]);
    loaded.dispose();
  });
  return outputs;
}

const SEED = { seed: 1, validation: 0.2 } as const;
const close = (a: number, b: number, scale = 1) => Math.abs(a - b) <= 1e-5 * Math.max(1, scale);

Deno.test("predict() and plain TensorFlow.js say of images what the trainer said", async () => {
  const trained = await train({ ...SEED, dataset: "mnist", trainExamples: 300 }, 2);
  const { predictions, confidences, model } = trained;
  const outputs = await byTensorFlow(trained);
  for (const [i, inputs] of testInputs(trained.dataset).entries()) {
    const own = predict(model, inputs);
    assert.ok(own.kind === "class");
    assert.equal(own.class, String(predictions[i]));
    assert.ok(close(Math.max(...own.probabilities), confidences[i]!));
    assert.ok(own.probabilities.every((p, c) => close(p, outputs[i]![c]!)), `example ${i}`);
  }
});

Deno.test("predict() and plain TensorFlow.js say of two classes what the trainer said", async () => {
  const trained = await train({ ...SEED, dataset: "xor", examples: 100, noise: 0.1 }, 5);
  const outputs = await byTensorFlow(trained);
  for (const [i, inputs] of testInputs(trained.dataset).entries()) {
    const own = predict(trained.model, inputs);
    assert.ok(own.kind === "class" && own.class === String(trained.predictions[i]));
    const [p = NaN] = outputs[i] ?? [];
    assert.ok(
      close(own.probabilities[1]!, p) && close(Math.max(p, 1 - p), trained.confidences[i]!),
    );
  }
});

Deno.test("predictFile() reads rows by their columns, in the units of the table", async () => {
  await withFolder(async (folder) => {
    const rng = createRng(4, "rows");
    const rows = Array.from({ length: 80 }, () => {
      const [a, kind] = [100 + 20 * rng.normal(), rng.below(2) === 0 ? "oak" : "ash"];
      return `${kind},${a},${5000 + 30 * a + (kind === "oak" ? 900 : 0)}`;
    });
    await Deno.writeTextFile(`${folder}/trees.csv`, ["kind,a,price", ...rows].join("\n"));
    const trained = await train({
      ...SEED,
      dataset: "csv",
      folder,
      path: "trees.csv",
      target: "price",
      kind: "regression",
      features: null,
      categorical: [],
      test: 0.25,
    }, 30);
    const { model, dataset, predictions } = trained;
    const { mean, std } = dataset.targetScale!;
    const outputs = await byTensorFlow(trained);
    for (const [i, inputs] of testInputs(dataset).entries()) {
      const own = predict(model, inputs);
      assert.ok(own.kind === "value");
      assert.ok(close(own.value, predictions[i]! * std + mean, 1e4));
      assert.ok(close(own.value, outputs[i]![0]!, 1e4));
    }
    const predictText = (text: string) =>
      predictFile(model, { file: "new.csv", bytes: new TextEncoder().encode(text) });
    // The order of columns, and others among them, do not matter.
    const [first, second] = predictText("id,a,kind\n1,110,oak\n2,110,ash\n");
    assert.ok(first?.prediction.kind === "value" && second?.prediction.kind === "value");
    assert.equal(second.line, 3);
    assert.ok(Math.abs(first.prediction.value - 9200) < 300, `${first.prediction.value}`);
    assert.ok(Math.abs(first.prediction.value - second.prediction.value - 900) < 300);
    assert.throws(() => predictText("a\n1\n"), /"new.csv": line 1 has no column "kind"; it has a/);
    assert.throws(
      () => predictText("a,kind\n1,oak\n1,elm\n"),
      /"new.csv": line 3 has "elm" in column "kind"; it must be ash, oak/,
    );
    assert.throws(
      () => predictText("a,kind\nx,oak\n"),
      /line 2 has "x" in column "a"; it must be a number/,
    );
  });
});

Deno.test("predictFile() finds in an image file what the trainer found in its bytes", async () => {
  const { dataset, model, predictions, confidences } = await train(
    { ...SEED, dataset: "mnist", trainExamples: 300 },
    2,
  );
  assert.ok(dataset.test.inputs.kind === "bytes");
  const pixels = dataset.test.inputs.bytes.slice(0, 784);
  const bytes = encodePng({ width: 28, height: 28, channels: 1, data: pixels });
  const [found] = predictFile(model, { file: "digit.png", bytes });
  assert.ok(found?.prediction.kind === "class" && found.line === null);
  assert.equal(found.prediction.class, String(predictions[0]));
  assert.ok(close(Math.max(...found.prediction.probabilities), confidences[0]!));
  // Twice as large and coloured, it is the same image.
  const large = Uint8Array.from({ length: 56 * 56 * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % 56, Math.floor(i / 168)];
    return pixels[(y >> 1) * 28 + (x >> 1)] ?? 0;
  });
  const coloured = encodePng({ width: 56, height: 56, channels: 3, data: large });
  const [again] = predictFile(model, { file: "large.png", bytes: coloured });
  assert.deepEqual(again?.prediction, found.prediction);
});
