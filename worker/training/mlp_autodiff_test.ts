import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { fromFileUrl } from "../datasets/files.ts";
import { uploadLayers } from "./layer.ts";
import { crossEntropySum, forward } from "./mlp.ts";
import { TESTED_BACKENDS } from "./testing.ts";
import {
  assertClose,
  derivedGradients,
  minibatchOf,
  type Problem,
  problems,
} from "./testing_problem.ts";

/**
 * Gives TensorFlow.js its table of gradients. The package's main module leaves it out, and the file
 * that has it imports without extensions, so only a bundler can load it. The bundle's own copy of
 * the engine finds the one that runs in the global scope and registers there.
 */
async function registerGradients(): Promise<void> {
  const main = import.meta.resolve("@tensorflow/tfjs-core");
  const entry = fromFileUrl(new URL("./register_all_gradients.js", main));
  const { outputFiles } = await Deno.bundle({ entrypoints: [entry], write: false });
  const code = outputFiles?.[0]?.text();
  assert(code !== undefined);
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  await import(url);
  URL.revokeObjectURL(url);
}

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
  await registerGradients();
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
