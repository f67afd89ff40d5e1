import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { TESTED_BACKENDS } from "./testing.ts";
import { writtenTensor } from "./written_tensor.ts";

for (const loader of TESTED_BACKENDS) {
  Deno.test(`writtenTensor() is what was written, and is freed like others, on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const before = tf.memory();
    const numbers = Float32Array.of(1, -2, 3.5, 0, 5, 6);
    const matrix = writtenTensor([2, 3], (target) => target.set(numbers));
    assert.deepEqual(matrix.shape, [2, 3]);
    assert.equal(matrix.dtype, "float32");
    assert.equal(tf.memory().numBytes, before.numBytes + 4 * 6);
    assert.deepEqual(await matrix.data(), numbers);
    assert.deepEqual(tf.tidy(() => tf.sum(matrix).arraySync()), 13.5);
    matrix.dispose();
    assert.equal(tf.memory().numTensors, before.numTensors);
    assert.equal(tf.memory().numBytes, before.numBytes);
  });

  Deno.test(`writtenTensor() is safe from memory that grows under it on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const size = 2 ** 20;
    const first = writtenTensor([1, 3], (target) => target.set([1, 2, 3]));
    // More than the module begins with: its memory moves.
    const large = Array.from(
      { length: 24 },
      (_, i) => writtenTensor([1, size], (target) => target.fill(i)),
    );
    const last = await large.at(-1)!.data();
    assert.deepEqual([last[0], last[size - 1]], [23, 23]);
    assert.deepEqual([...await first.data()], [1, 2, 3]);
    tf.dispose([first, ...large]);
  });
}
