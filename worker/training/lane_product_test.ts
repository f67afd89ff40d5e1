import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../core/domain/rng.ts";
import { wasmBackend } from "../engine/wasm_backend.ts";
import { laneProduct, type Transposed } from "./lane_product.ts";
import { TESTED_BACKENDS } from "./testing.ts";
import { assertClose } from "./testing_problem.ts";

const products = fc.record({
  seed: fc.nat(),
  lanes: fc.integer({ min: 1, max: 5 }),
  rows: fc.integer({ min: 1, max: 9 }),
  inner: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 9 }),
  transposed: fc.constantFrom<Transposed>("none", "left", "right"),
});

Deno.test("laneProduct() leaves the memory of the wasm module as it found it", async () => {
  await (await wasmBackend.load()).activate();
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  const multiply = () =>
    tf.tidy(() => void laneProduct(tf.ones([16, 64, 32]), tf.ones([16, 32, 64])));
  for (let i = 0; i < 50; i++) multiply();
  const before = wasm.HEAPU8.length;
  // What the product packs of its right-hand sides would come to more than 100 MB.
  for (let i = 0; i < 1000; i++) multiply();
  assert.equal(wasm.HEAPU8.length, before);
});

for (const loader of TESTED_BACKENDS) {
  Deno.test(`laneProduct() multiplies lane by lane whatever the shapes on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const before = tf.memory().numTensors;
    fc.assert(fc.property(products, ({ seed, lanes, rows, inner, columns, transposed }) => {
      const rng = createRng(seed, "product");
      const a = Float32Array.from({ length: lanes * rows * inner }, rng.normal);
      const b = Float32Array.from({ length: lanes * inner * columns }, rng.normal);
      const due: number[] = [];
      for (let k = 0; k < lanes; k++) {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            let sum = 0;
            for (let n = 0; n < inner; n++) {
              const left = transposed === "left" ? n * rows + i : i * inner + n;
              const right = transposed === "right" ? j * inner + n : n * columns + j;
              sum += a[k * rows * inner + left]! * b[k * inner * columns + right]!;
            }
            due.push(sum);
          }
        }
      }
      const found = tf.tidy(() => {
        const left = tf.tensor3d(
          a,
          transposed === "left" ? [lanes, inner, rows] : [lanes, rows, inner],
        );
        const right = tf.tensor3d(
          b,
          transposed === "right" ? [lanes, columns, inner] : [lanes, inner, columns],
        );
        const product = laneProduct(left, right, transposed);
        assert.deepEqual(product.shape, [lanes, rows, columns]);
        return product.dataSync();
      });
      assertClose([...found], due, 1e-5);
    }));
    assert.equal(tf.memory().numTensors, before);
  });

  Deno.test(`laneProduct() keeps what is not finite in its lane on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    for (const rows of [1, 2, 8]) {
      const found = tf.tidy(() => {
        const sick: tf.Tensor3D = tf.fill([1, rows, 6], NaN);
        const a = tf.concat3d([tf.ones([1, rows, 6]), sick, tf.ones([1, rows, 6])], 0);
        return laneProduct(a, tf.ones([3, 6, 7])).dataSync();
      });
      const due = Array.from({ length: 3 * rows * 7 }, (_, i) => Math.floor(i / (rows * 7)) === 1);
      assert.deepEqual([...found].map(Number.isNaN), due);
    }
  });
}
