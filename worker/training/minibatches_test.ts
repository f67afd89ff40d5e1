import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { MinibatchBuilder } from "./minibatch_builder.ts";
import { CLASSES, FEATURES, smallDataset, TESTED_BACKENDS } from "./testing.ts";

const DATASET = smallDataset();
const INDICES = Uint32Array.of(4, 0, 31);

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
    Deno.test(`MinibatchBuilder builds x, its transpose and classes ${memory} on ${loader.name}`, async () => {
      await (await loader.load()).activate();
      const builder = new MinibatchBuilder(DATASET, { batchSize: 5, residentBytes });
      // Building twice shows that nothing of the first minibatch is left in the second.
      tf.dispose(Object.values(builder.build(Uint32Array.of(9, 8, 7, 6, 5))));
      const { x, xT, y } = builder.build(INDICES);
      assert.deepEqual(await x.array(), [...INDICES].map(inputsOf));
      assert.deepEqual(await tf.transpose(xT).array(), await x.array());
      const { targets } = DATASET.train;
      assert(targets.kind === "classes");
      const classes = [...INDICES].map((index) => targets.labels[index]);
      const oneHot = classes.map((c) => Array.from({ length: CLASSES }, (_, i) => +(i === c)));
      assert.deepEqual(await y.array(), oneHot);
      tf.dispose([x, xT, y]);
    });
  }
}
