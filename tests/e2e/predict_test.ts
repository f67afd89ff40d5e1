import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import assert from "node:assert/strict";
import { encode as encodePng } from "fast-png";
import { type Finished, runTrawl, temporaryHome } from "../support/trawl_process.ts";

/** Generous: a busy machine is slow, and no failure. */
const PATIENCE = { timeoutMs: 300_000 };
const RUN = ["--workers", "1", "--backend", "cpu", "--no-dashboard", "--json"];

const DIGITS = `name: digits
task: { dataset: mnist, train_examples: 1000 }
method: grid
metric: { name: val_accuracy, goal: maximize }
parameters:
  batch_size: { value: 32 }
  lr: { values: [0.1, 0.0001] }
  hidden_width: { value: 16 }
  epochs: { value: 6 }
`;

const TREES = `name: trees
task: { dataset: csv, path: trees.csv, target: price, kind: regression, test: 0.2 }
method: grid
metric: { name: val_rmse, goal: minimize }
parameters:
  batch_size: { value: 16 }
  lr: { value: 0.05 }
  hidden_width: { value: 8 }
  epochs: { value: 40 }
`;

const SIDE = 28;

/** White strokes on black, as the digits of MNIST are. */
function drawing(isInk: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from(
    { length: SIDE * SIDE },
    (_, place) => isInk(place % SIDE, Math.floor(place / SIDE)) ? 255 : 0,
  );
}

/** A ring, and a bar. */
const ZERO = drawing((x, y) => Math.abs(Math.hypot(x - 13.5, (y - 13.5) / 1.3) - 6) < 1.5);
const ONE = drawing((x, y) => Math.abs(x - 13.5) < 1.6 && y >= 4 && y < 24);

/** Twice as large, in colour: a predictor has to bring it back to what the model takes. */
function enlarged(pixels: Uint8Array): Uint8Array {
  const side = 2 * SIDE;
  return encodePng({
    width: side,
    height: side,
    channels: 3,
    data: Uint8Array.from({ length: side * side * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / (3 * side))];
      return pixels[(y >> 1) * SIDE + (x >> 1)] ?? 0;
    }),
  });
}

function grey(pixels: Uint8Array): Uint8Array {
  return encodePng({ width: SIDE, height: SIDE, channels: 1, data: pixels });
}

/** One home, with `trawl` in it. */
function trawlIn(home: string) {
  const run = (args: readonly string[]): Promise<Finished> =>
    runTrawl([...args, "--home", `${home}/h`], PATIENCE);
  return {
    run,
    /** What it says on stdout; it must succeed. */
    said: async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 0, stderr);
      return stdout;
    },
    sweep: async (name: string, file: string): Promise<void> => {
      await Deno.writeTextFile(`${home}/${name}.yaml`, file);
      const { code, stderr } = await run(["sweep", `${home}/${name}.yaml`, ...RUN]);
      assert.equal(code, 0, stderr);
    },
  };
}

/** What plain TensorFlow.js makes of one example with exported files. */
async function byTensorFlow(folder: string, inputs: readonly number[]): Promise<readonly number[]> {
  const { modelTopology, weightsManifest } = JSON.parse(
    await Deno.readTextFile(`${folder}/model.json`),
  );
  const weightData = (await Deno.readFile(`${folder}/weights.bin`)).buffer;
  const model = await loadLayersModel({
    load: () =>
      Promise.resolve({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  });
  const example = tf.tensor2d([[...inputs]]);
  const outputs = model.predict(example);
  assert.ok(outputs instanceof tf.Tensor);
  const values = [...await outputs.data()];
  tf.dispose([example, outputs]);
  model.dispose();
  return values;
}

Deno.test("predict and export: images, with the model of a sweep that a worker has trained", async () => {
  await using home = await temporaryHome();
  const { run, said, sweep } = trawlIn(home.path);
  await sweep("digits", DIGITS);
  const [zero, one] = [`${home.path}/zero.png`, `${home.path}/one.png`];
  await Deno.writeFile(zero, grey(ZERO));
  await Deno.writeFile(one, enlarged(ONE));

  const lines = (await said("predict", "digits", zero, one, "--json")).trimEnd().split("\n");
  const found = lines.map((line) => JSON.parse(line));
  assert.deepEqual(found.map((each) => [each.file, each.class]), [[zero, "0"], [one, "1"]]);
  for (const { probability, probabilities } of found) {
    const values = Object.values<number>(probabilities);
    assert.equal(values.length, 10);
    assert.ok(Math.abs(values.reduce((sum, each) => sum + each, 0) - 1) < 1e-6);
    assert.equal(probability, Math.max(...values));
  }
  const table = await said("predict", "digits", zero, one);
  assert.match(table, new RegExp(`zero\\.png +0 +${found[0].probability.toFixed(4)} `));

  // The model's files are all that another program needs: weights, and how a byte becomes an input.
  const [net, card] = [`${home.path}/net`, `${home.path}/card`];
  const written = await said("export", "digits", "--format", "tfjs", "--out", net);
  assert.equal(written, `${net}/model.json\n${net}/weights.bin\n`);
  await said("export", "digits", "--format", "safetensors", "--out", card);
  const { inputs, classes } = JSON.parse(await Deno.readTextFile(`${card}/card.json`));
  const [{ mean, std }] = inputs.planes;
  const outputs = await byTensorFlow(net, [...ZERO].map((byte) => (byte / 255 - mean) / std));
  for (const [index, name] of classes.entries()) {
    assert.ok(Math.abs((outputs[index] ?? NaN) - found[0].probabilities[name]) < 1e-4, name);
  }

  const rows = (await said("export", "digits")).trimEnd().split("\n").map((row) => JSON.parse(row));
  assert.deepEqual(rows.map(({ trial, state }) => [trial, state]), [
    [0, "completed"],
    [1, "completed"],
  ]);
  const { sweeps: [reported] } = JSON.parse(await said("report", "digits", "--format", "json"));
  assert.deepEqual(
    reported.samples.map((each: { name: string; images: unknown[] }) => [
      each.name,
      each.images.length,
    ]),
    Array.from({ length: 10 }, (_, digit) => [String(digit), 5]),
  );

  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["predict", "digits", `${home.path}/two.png`], /two\.png": there is no such file/],
    [["predict", "digits", `${home.path}/digits.yaml`], /digits\.yaml": it must be a PNG or/],
    [["predict", "digits/7", zero], /trial 7/],
    [["export", "digits", "--format", "tfjs"], /Cannot export a model as tfjs: name its folder/],
    [["export", "digits", "--format", "tfjs", "--out", zero], /zero\.png": it must be a folder/],
  ];
  for (const [args, message] of cases) {
    const refused = await run(args);
    assert.equal(refused.code, 2, refused.stderr);
    assert.match(refused.stderr, message);
    assert.equal(refused.stdout, "");
  }
});

Deno.test("predict: rows of a table, in its own units", async () => {
  await using home = await temporaryHome();
  const { run, said, sweep } = trawlIn(home.path);
  // price = 5000 + 30 · height, and 900 more for oaks.
  const rows = Array.from({ length: 120 }, (_, i) => {
    const [height, kind] = [60 + (i * 37) % 80, i % 2 === 0 ? "oak" : "ash"];
    return `${kind},${height},${5000 + 30 * height + (kind === "oak" ? 900 : 0)}`;
  });
  await Deno.writeTextFile(`${home.path}/trees.csv`, ["kind,height,price", ...rows].join("\n"));
  await sweep("trees", TREES);

  const fresh = `${home.path}/new.csv`;
  await Deno.writeTextFile(fresh, "id,height,kind\n1,100,oak\n2,100,ash\n3,70,ash\n");
  const found = (await said("predict", "trees", fresh, "--json")).trimEnd().split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(found.map(({ file, line }) => [file, line]), [[fresh, 2], [fresh, 3], [
    fresh,
    4,
  ]]);
  for (const [index, price] of [8900, 8000, 7100].entries()) {
    assert.ok(Math.abs(found[index].value - price) < 250, `${found[index].value} is not ${price}`);
  }
  const table = await said("predict", "trees/0", fresh);
  assert.match(table, new RegExp(`new\\.csv +2 +${Number(found[0].value.toPrecision(6))}`));

  const csv = await said("export", "trees", "--format", "csv");
  assert.match(csv, /^sweep,trial,configuration,replicate,state,/);
  assert.equal(csv.trimEnd().split("\n").length, 2);

  await Deno.writeTextFile(fresh, "height,kind\n100,elm\n");
  const refused = await run(["predict", "trees", fresh]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /line 2 has "elm" in column "kind"; it must be ash, oak/);
});
