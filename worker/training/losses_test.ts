import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../core/domain/rng.ts";
import { type Loss, LOSSES } from "../../core/domain/task_kind.ts";
import { lossParts } from "./losses.ts";
import { TESTED_BACKENDS } from "./testing.ts";
import { exampleLoss } from "./testing_oracle.ts";
import { assertClose } from "./testing_problem.ts";

/** Sums and derivative of outputs [lane][output][example]. */
function partsOf(loss: Loss, z: number[][][], y: number[][]) {
  return tf.tidy(() => {
    const parts = lossParts(loss, tf.tensor3d(z), tf.tensor2d(y));
    return { sums: [...parts.sums().dataSync()], derivative: [...parts.derivative().dataSync()] };
  });
}

for (const loader of TESTED_BACKENDS) {
  Deno.test(`lossParts() sums each lane's losses by the definition on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const shape = fc.record({
      seed: fc.nat(),
      loss: fc.constantFrom(...LOSSES),
      lanes: fc.integer({ min: 1, max: 4 }),
      outputs: fc.integer({ min: 1, max: 5 }),
      examples: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(fc.property(shape, ({ seed, loss, lanes, outputs, examples }) => {
      const rng = createRng(seed, "losses");
      const table = (rows: number): number[][] =>
        Array.from(
          { length: rows },
          () => Array.from({ length: examples }, () => 2 * rng.normal()),
        );
      const z = Array.from({ length: lanes }, () => table(outputs));
      const classes = Array.from({ length: examples }, () => rng.below(outputs));
      const y = loss === "mean_squared_error"
        ? table(outputs)
        : Array.from({ length: outputs }, (_, c) => classes.map((label) => +(label === c)));
      const due = z.map((lane) => {
        const ofExample = (b: number): number =>
          exampleLoss(loss, lane.map((row) => row[b]!), y.map((row) => row[b]!));
        return classes.reduce((sum, _, b) => sum + ofExample(b), 0);
      });
      assertClose(partsOf(loss, z, y).sums, due, 1e-5);
    }));
  });

  Deno.test(`lossParts() stays finite and exact where outputs are extreme on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const softmax = partsOf("softmax_cross_entropy", [[[1e4, -1e4], [-1e4, 1e4]]], [[1, 1], [
      0,
      0,
    ]]);
    assert.deepEqual(softmax, { sums: [2e4], derivative: [0, -0.5, 0, 0.5] });
    const binary = partsOf("binary_cross_entropy", [[[1e4, -1e4, 1e4, -1e4]]], [[1, 0, 0, 1]]);
    assert.deepEqual(binary.sums, [2e4]);
    assertClose(binary.derivative, [0, 0, 0.25, -0.25], 1e-7);
    // What a sure network still has to learn is small, and must not vanish: log(1 + e^-15).
    const [sure = 0] = partsOf("binary_cross_entropy", [[[15]]], [[1]]).sums;
    assert.ok(Math.abs(sure / Math.log1p(Math.exp(-15)) - 1) < 0.2, `${sure}`);
  });
}
