import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import { DeviceExamples } from "./device_examples.ts";
import { TESTED_BACKENDS } from "./testing.ts";

for (const loader of TESTED_BACKENDS) {
  Deno.test(`DeviceExamples make a form when it is asked for, and keep it, on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const before = tf.memory().numTensors;
    let asked = 0;
    const rows = () => {
      asked++;
      return { source: Float32Array.of(9, 1, 2, 3, 4), starts: Uint32Array.of(3, 1), columns: 2 };
    };
    const targets = Float32Array.of(1, 0, 0, 0, 0, 1);
    {
      using examples = new DeviceExamples({ rows, targets, outputs: 3 });
      assert.deepEqual([asked, tf.memory().numTensors], [0, before + 1]);
      assert.deepEqual(await examples.y.array(), [[1, 0], [0, 0], [0, 1]]);
      // The forms outlive the scope in which they were made.
      const sum = tf.tidy(() => tf.sum(examples.x));
      assert.deepEqual([asked, tf.memory().numTensors], [1, before + 3]);
      assert.deepEqual(await examples.x.array(), [[3, 4], [1, 2]]);
      assert.deepEqual(await examples.xT.array(), [[3, 1], [4, 2]]);
      assert.equal(examples.xT, examples.xT);
      assert.equal(asked, 2);
      sum.dispose();
    }
    assert.equal(tf.memory().numTensors, before);
  });
}
