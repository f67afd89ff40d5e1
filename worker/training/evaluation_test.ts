import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import type { Dataset, Split } from "../datasets/dataset.ts";
import { createNormalisation } from "../datasets/normalisation.ts";
import { Evaluator } from "./evaluation.ts";
import { FusedNetwork } from "./fused_network.ts";
import { confusionOf } from "./metrics.ts";
import { TESTED_BACKENDS } from "./testing.ts";

/** 1,203 examples, two chunks and a bit; the two features are the logits of the two classes. */
function twoClasses(): Dataset {
  const count = 1203;
  const bytes = Uint8Array.from({ length: 2 * count }, (_, i) => (i * 37 + (i % 7) * 11) % 256);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 3 === 0 ? 1 : 0);
  const split: Split = {
    count,
    features: 2,
    inputs: { kind: "bytes", bytes },
    targets: { kind: "classes", labels },
  };
  return {
    name: "two",
    digest: "0".repeat(64),
    kind: "classification",
    classes: ["left", "right"],
    outputs: 2,
    features: 2,
    normalisation: createNormalisation([{ mean: 0, std: 1 }]),
    train: split,
    validation: split,
    test: split,
  };
}

/** Loss and counts of the identity network, in double precision from the definition. */
function expectedOf({ test: { inputs, targets, count } }: Dataset) {
  assert(inputs.kind === "bytes" && targets.kind === "classes");
  const [{ bytes }, { labels }] = [inputs, targets];
  const confusion = [[0, 0], [0, 0]];
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const [left, right] = [bytes[2 * i]! / 255, bytes[2 * i + 1]! / 255];
    const label = labels[i]!;
    loss += Math.log(Math.exp(left) + Math.exp(right)) - (label === 0 ? left : right);
    confusion[label]![right > left ? 1 : 0]!++;
  }
  return {
    loss: loss / count,
    confusion,
    accuracy: (confusion[0]![0]! + confusion[1]![1]!) / count,
  };
}

const IDENTITY = {
  inputs: 2,
  outputs: 2,
  weights: Float32Array.of(1, 0, 0, 1),
  bias: new Float32Array(2),
};

for (const loader of TESTED_BACKENDS) {
  for (const residentBytes of [0, 2 ** 20]) {
    const memory = residentBytes === 0 ? "passing through" : "staying on the device";
    Deno.test(`Evaluator scores a split ${memory} by the definition on ${loader.name}`, async () => {
      await (await loader.load()).activate();
      const dataset = twoClasses();
      const due = expectedOf(dataset);
      const before = tf.memory().numTensors;
      const lane = {
        rates: { lr: 1, momentum: 0, weightDecay: 0 },
        state: { step: 0, layers: [IDENTITY, IDENTITY], slots: {} },
      };
      {
        using network = new FusedNetwork([lane, lane], {
          activation: "relu",
          optimizer: "sgd",
          gradient: "manual",
          loss: "softmax_cross_entropy",
          kind: "classification",
          batchSize: 10,
        });
        using evaluator = new Evaluator({
          dataset,
          split: dataset.test,
          breathe: () => Promise.resolve(),
          residentBytes,
        });
        for (let visit = 0; visit < 2; visit++) {
          const [first, second] = await evaluator.evaluate(network);
          assert.deepEqual(first, second);
          assert(first !== undefined);
          assert.ok(Math.abs(first.accuracy - due.accuracy) < 1e-9);
          assert.ok(Math.abs(first.loss - due.loss) < 1e-6, `${first.loss}, ${due.loss}`);
          const [, examined] = await evaluator.examine(network);
          assert(examined !== undefined);
          assert.equal(examined.loss, first.loss);
          assert.deepEqual(confusionOf(dataset, dataset.test, examined), due.confusion);
          assert.equal(examined.losses.length, 1203);
          const sum = examined.losses.reduce((a, b) => a + b, 0);
          assert.ok(Math.abs(sum / 1203 - due.loss) < 1e-6, `${sum / 1203}, ${due.loss}`);
        }
      }
      assert.equal(tf.memory().numTensors, before);
    });
  }
}
