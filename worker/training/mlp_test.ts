import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Activation } from "./activation.ts";
import { disposeLayers, downloadLayers, type HostLayer, uploadLayers } from "./layer.ts";
import { descend, differentiate } from "./mlp.ts";
import { TESTED_BACKENDS } from "./testing.ts";
import {
  assertClose,
  derivedGradients,
  flatten,
  minibatchOf,
  type Problem,
  problems,
} from "./testing_problem.ts";

/* ---- the oracle: the same loss in double precision, from the definition ---- */

const FUNCTIONS: Readonly<Record<Activation, (z: number) => number>> = {
  relu: (z) => Math.max(0, z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
};

type Parameters = readonly { weights: number[][]; bias: number[] }[];

function parametersOf(layers: readonly HostLayer[]): Parameters {
  return layers.map(({ inputs, outputs, weights, bias }) => ({
    weights: Array.from(
      { length: inputs },
      (_, i) => [...weights.subarray(i * outputs, (i + 1) * outputs)],
    ),
    bias: [...bias],
  }));
}

/** The loss of one example, and how near its hidden units are to the kink of relu. */
function lossOf(parameters: Parameters, problem: Problem, row: number) {
  let a = problem.x[row]!;
  let nearest = Infinity;
  for (const [l, { weights, bias }] of parameters.entries()) {
    const z = bias.map((b, j) => a.reduce((sum, value, i) => sum + value * weights[i]![j]!, b));
    if (l === parameters.length - 1) {
      a = z;
    } else {
      nearest = Math.min(nearest, ...z.map(Math.abs));
      a = z.map(FUNCTIONS[problem.activation]);
    }
  }
  const top = Math.max(...a);
  const logSum = top + Math.log(a.reduce((sum, z) => sum + Math.exp(z - top), 0));
  return { loss: logSum - a[problem.labels[row]!]!, nearest };
}

function meanLoss(parameters: Parameters, problem: Problem): number {
  const losses = problem.x.map((_, row) => lossOf(parameters, problem, row).loss);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** All derivatives by central differences, layer by layer, weights before biases. */
function numericGradients(problem: Problem): number[] {
  const h = 1e-6;
  const parameters = parametersOf(problem.layers);
  const slots = parameters.flatMap(({ weights, bias }) => [...weights, bias]);
  return slots.flatMap((slot) =>
    slot.map((value, i) => {
      slot[i] = value + h;
      const above = meanLoss(parameters, problem);
      slot[i] = value - h;
      const below = meanLoss(parameters, problem);
      slot[i] = value;
      return (above - below) / (2 * h);
    })
  );
}

/* ---- what is tested ---- */

for (const loader of TESTED_BACKENDS) {
  Deno.test(`differentiate() agrees with float64 central differences on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const parameters = parametersOf(problem.layers);
        const nearest = problem.x.map((_, row) => lossOf(parameters, problem, row).nearest);
        // At the kink of relu the two sides have different slopes: there is nothing to compare.
        fc.pre(problem.activation !== "relu" || Math.min(...nearest) > 1e-4);
        const { gradients, lossSum } = await derivedGradients(problem);
        assertClose(gradients, numericGradients(problem), 1e-5);
        assertClose([lossSum / problem.x.length], [meanLoss(parameters, problem)], 1e-5);
      }),
      { numRuns: 40 },
    );
  });
}

Deno.test("descend() subtracts the gradient times the learning rate", async () => {
  await (await TESTED_BACKENDS[0]!.load()).activate();
  const layerOf = (w: number, b: number): HostLayer => ({
    inputs: 1,
    outputs: 1,
    weights: Float32Array.of(w),
    bias: Float32Array.of(b),
  });
  const [layers, gradients] = [uploadLayers([layerOf(1, 2)]), uploadLayers([layerOf(4, -8)])];
  const next = descend(layers, gradients, 0.25);
  assert.deepEqual(flatten(await downloadLayers(next)), [0, 4]);
  disposeLayers([...layers, ...gradients, ...next]);
});

Deno.test("differentiate() counts the examples that the network gets right", async () => {
  await (await TESTED_BACKENDS[0]!.load()).activate();
  const identity: HostLayer = {
    inputs: 2,
    outputs: 2,
    weights: Float32Array.of(1, 0, 0, 1),
    bias: new Float32Array(2),
  };
  const layers = uploadLayers([identity, identity]);
  const x = [[3, 1], [0, 2], [5, 4]];
  const problem: Problem = {
    layers: [identity, identity],
    x,
    labels: [0, 0, 0],
    activation: "relu",
  };
  const found = tf.tidy(() => differentiate(layers, minibatchOf(problem), "relu").correct);
  assert.equal((await found.data())[0], 2);
  found.dispose();
  disposeLayers(layers);
});
