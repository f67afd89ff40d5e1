import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../core/domain/rng.ts";
import { type Loss, LOSSES } from "../../core/domain/task_kind.ts";
import type { Activation } from "./activation.ts";
import { autoGradients } from "./fused_autodiff.ts";
import type { UnitsAs } from "./first_layer_form.ts";
import { fusedForward } from "./fused_forward.ts";
import { backpropagate } from "./fused_gradients.ts";
import { type FusedLayout, layOut } from "./fused_layout.ts";
import { downloadLanes, partsOf, uploadLanes } from "./fused_parameters.ts";
import { initialLayers } from "./initial_layers.ts";
import type { HostLayer } from "./layer.ts";
import { lossParts } from "./losses.ts";
import type { Minibatch } from "./minibatches.ts";
import { TESTED_BACKENDS } from "./testing.ts";
import { centralDifferences, nearestToKink, type OracleProblem } from "./testing_oracle.ts";
import { assertClose, flatten } from "./testing_problem.ts";

/** Several networks of different widths and one minibatch. */
interface Problem {
  readonly lanes: readonly (readonly HostLayer[])[];
  readonly layout: FusedLayout;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (readonly number[])[];
  readonly activation: Activation;
  readonly loss: Loss;
}

const problems: fc.Arbitrary<Problem> = fc.record({
  seed: fc.nat(),
  inputs: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 32, max: 34 })),
  widths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  depth: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 6 }),
  batch: fc.integer({ min: 1, max: 8 }),
  activation: fc.constantFrom<Activation>("relu", "sigmoid", "tanh"),
  loss: fc.constantFrom(...LOSSES),
  // Large batches make units dear, so that lanes of different widths lie in blocks of their own.
  isSplit: fc.boolean(),
  unitsAs: fc.constantFrom<UnitsAs>("rows", "columns"),
}).map(({ seed, inputs, widths, depth, batch, activation, loss, isSplit, unitsAs, ...rest }) => {
  const wanted = rest.outputs;
  const rng = createRng(seed, "problem");
  const outputs = loss === "softmax_cross_entropy" ? wanted + 1 : wanted;
  const shape = { seed, inputs, depth, classes: outputs };
  return {
    lanes: widths.map((hiddenWidth, replicate) =>
      initialLayers({ ...shape, replicate, hiddenWidth })
    ),
    layout: layOut({
      inputs,
      outputs,
      depth,
      widths,
      batchSize: isSplit ? 1e7 : batch,
      unitsAs,
    }),
    x: Array.from({ length: batch }, () => Array.from({ length: inputs }, rng.normal)),
    y: Array.from({ length: batch }, () => {
      const label = rng.below(outputs);
      return Array.from(
        { length: outputs },
        (_, c) => loss === "mean_squared_error" ? rng.normal() : +(c === label),
      );
    }),
    activation,
    loss,
  };
});

function minibatchOf({ x, y, lanes }: Problem): Minibatch {
  const inputs = lanes[0]?.[0]?.inputs ?? 0;
  const pad = inputs < 32 ? 0 : 3 - inputs % 4;
  const rows = tf.tensor2d(x.map((row) => [...row, 1, ...new Array<number>(pad).fill(0)]));
  return {
    x: rows,
    xT: tf.transpose(rows),
    y: tf.transpose(tf.tensor2d(y.map((row) => [...row]))),
  };
}

function derive(problem: Problem, tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const { layout, activation, loss } = problem;
  const minibatch = minibatchOf(problem);
  const parameters = partsOf(tensors, layout);
  const pass = fusedForward(parameters, minibatch, { layout, activation });
  const derivative = lossParts(loss, pass.outputs, minibatch.y).derivative();
  return backpropagate({
    parameters,
    pass,
    derivative,
    examples: minibatch,
    layout,
    activation,
  });
}

function differentiate(problem: Problem, tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const { layout, activation, loss } = problem;
  const options = { tensors, layout, activation, loss, lossScale: null };
  return autoGradients(minibatchOf(problem), options).gradients;
}

/** Each lane's gradients: layer by layer, weights before biases. */
async function gradientsOf(
  problem: Problem,
  how: (problem: Problem, tensors: readonly tf.Tensor[]) => tf.Tensor[],
): Promise<number[][]> {
  const { layout, lanes } = problem;
  const found = tf.tidy(() => how(problem, uploadLanes(lanes, layout)));
  const layers = await downloadLanes(found, { layout, lanes: [...lanes.keys()] });
  tf.dispose(found);
  return layers.map(flatten);
}

for (const loader of TESTED_BACKENDS) {
  Deno.test(`backpropagate() agrees with autoGradients() and float64 differences in every lane on ${loader.name}`, async () => {
    await (await loader.load()).activate();
    const before = tf.memory().numTensors;
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const lanes = problem.lanes.map((layers): OracleProblem => ({ ...problem, layers }));
        // At the kink of relu the two sides have different slopes: there is nothing to compare.
        fc.pre(problem.activation !== "relu" || Math.min(...lanes.map(nearestToKink)) > 1e-4);
        const manual = await gradientsOf(problem, derive);
        const auto = await gradientsOf(problem, differentiate);
        for (const [lane, oracle] of lanes.entries()) {
          assertClose(manual[lane]!, auto[lane]!, 1e-5);
          const due = centralDifferences(oracle);
          assertClose(manual[lane]!, due, 1e-4);
          assertClose(auto[lane]!, due, 1e-4);
        }
      }),
      { numRuns: 60 },
    );
    assert.equal(tf.memory().numTensors, before);
  });
}
