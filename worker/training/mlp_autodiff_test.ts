import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { uploadLayers } from "./layer.ts";
import { crossEntropySum, forward } from "./mlp.ts";
import { registerGradients } from "./operation_gradients.ts";
import { TESTED_BACKENDS } from "./testing.ts";
import {
  assertClose,
  derivedGradients,
  minibatchOf,
  type Problem,
  problems,
} from "./testing_problem.ts";

function autoGradients(problem: Problem): number[] {
  const parameters = uploadLayers(problem.layers).flatMap(({ weights, bias }) => [weights, bias]);
  const { x, y } = minibatchOf(problem);
  const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
    const layers = problem.layers.map((_, i) => ({
      weights: tensors[2 * i] as tf.Tensor2D,
      bias: tensors[2 * i + 1] as tf.Tensor1D,
    }));
    const logits = forward(layers, x, problem.activation).at(-1)!;
    return tf.div(crossEntropySum(tf.logSoftmax(logits), y), problem.x.length);
  };
  return tf.grads(loss)(parameters).flatMap((gradient) => [...gradient.dataSync()]);
}

Deno.test("differentiate() agrees with TensorFlow.js's automatic differentiation", async (t) => {
  registerGradients();
  for (const loader of TESTED_BACKENDS) {
    await t.step(`on ${loader.name}`, async () => {
      await (await loader.load()).activate();
      await fc.assert(
        fc.asyncProperty(problems, async (problem) => {
          const { gradients } = await derivedGradients(problem);
          assertClose(gradients, tf.tidy(() => autoGradients(problem)), 1e-5);
        }),
        { numRuns: 40 },
      );
    });
  }
});
