import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { Minibatches } from "./minibatches.ts";
import { CLASSES, FEATURES, smallDataset, TESTED_BACKENDS } from "./testing.ts";

const DATASET = smallDataset();
const ORDER = Uint32Array.of(4, 0, 31, 9, 8);

/** The inputs of a training example, from the definition. */
function inputsOf(index: number): number[] {
  const { normalisation, train: { inputs } } = DATASET;
  assert(inputs.kind === "bytes" && normalisation !== null);
  const { table, planes } = normalisation;
  const bytes = inputs.bytes.subarray(index * FEATURES, (index + 1) * FEATURES);
  return [...bytes].map((byte, d) => table[Math.floor(d / (FEATURES / planes)) * 256 + byte]!);
}

for (const loader of TESTED_BACKENDS) {
  for (const residentBytes of [0, 2 ** 20]) {
    const memory = residentBytes === 0 ? "byte by byte" : "from normalised inputs";
    Deno.test(`Minibatches are x with ones, its transpose and classes ${memory} on ${loader.name}`, async () => {
      await (await loader.load()).activate();
      const before = tf.memory().numTensors;
      const batches = new Minibatches(DATASET, { batchSize: 3, residentBytes });
      const seen: number[] = [];
      for (const { x, xT, y } of batches.inOrder(ORDER)) {
        const indices = [...ORDER.subarray(seen.length, seen.length + x.shape[0])];
        seen.push(...indices);
        assert.deepEqual(await x.array(), indices.map((index) => [...inputsOf(index), 1]));
        assert.deepEqual(tf.tidy(() => tf.transpose(xT).arraySync()), await x.array());
        const { targets } = DATASET.train;
        assert(targets.kind === "classes");
        const classes = indices.map((index) => targets.labels[index]);
        const due = Array.from({ length: CLASSES }, (_, i) => classes.map((c) => +(i === c)));
        assert.deepEqual(await y.array(), due);
      }
      assert.deepEqual(seen, [...ORDER]);
      assert.equal(tf.memory().numTensors, before);
    });
  }
}

Deno.test("Minibatches keep the whole split on the device when it is one minibatch", async () => {
  await (await TESTED_BACKENDS[0]!.load()).activate();
  const before = tf.memory().numTensors;
  {
    using batches = new Minibatches(DATASET, { batchSize: 1e9 });
    assert.equal(batches.isWhole, true);
    assert.equal(batches.count, 1);
    const { x } = batches.whole();
    assert.equal(batches.whole().x, x);
    assert.equal(x.shape[0], DATASET.train.count);
    assert.deepEqual([...(await x.data()).subarray(0, FEATURES)], inputsOf(0));
  }
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("Minibatches align the rows of examples with many features", async () => {
  await (await TESTED_BACKENDS[0]!.load()).activate();
  const features = 33;
  const values = Float32Array.from({ length: 2 * features }, (_, i) => i);
  const train = {
    ...DATASET.train,
    count: 2,
    features,
    inputs: { kind: "floats", values } as const,
  };
  using batches = new Minibatches({ ...DATASET, features, train }, { batchSize: 2 });
  const { x, xT } = batches.whole();
  assert.deepEqual(
    await x.array(),
    [0, 1].map((row) => [
      ...values.subarray(row * features, (row + 1) * features),
      ...[1, 0, 0],
    ]),
  );
  assert.deepEqual(xT.shape, [36, 2]);
});
