/** Random small networks with a minibatch each, for tests that compare gradients. */
import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import fc from "fast-check";
import { createRng } from "../../core/domain/rng.ts";
import type { Activation } from "./activation.ts";
import { initialLayers } from "./initial_layers.ts";
import { disposeLayers, downloadLayers, type HostLayer, uploadLayers } from "./layer.ts";
import { differentiate, type Minibatch } from "./mlp.ts";

/** A network and a minibatch in plain numbers. */
export interface Problem {
  /** The network's parameters. */
  readonly layers: readonly HostLayer[];
  /** The examples, a row each. */
  readonly x: readonly (readonly number[])[];
  /** The class of each example. */
  readonly labels: readonly number[];
  /** What stands between the layers. */
  readonly activation: Activation;
}

/** Problems of all shapes, few enough numbers for central differences. */
export const problems: fc.Arbitrary<Problem> = fc.record({
  seed: fc.nat(),
  inputs: fc.integer({ min: 1, max: 9 }),
  hiddenWidth: fc.integer({ min: 1, max: 7 }),
  depth: fc.integer({ min: 1, max: 3 }),
  classes: fc.integer({ min: 2, max: 5 }),
  batch: fc.integer({ min: 1, max: 10 }),
  activation: fc.constantFrom<Activation>("relu", "sigmoid", "tanh"),
}).map(({ seed, batch, activation, ...shape }) => {
  const rng = createRng(seed, "problem");
  return {
    layers: initialLayers({ ...shape, seed, replicate: 0 }),
    x: Array.from({ length: batch }, () => Array.from({ length: shape.inputs }, rng.normal)),
    labels: Array.from({ length: batch }, () => rng.below(shape.classes)),
    activation,
  };
});

/** The problem's examples on the device. */
export function minibatchOf({ x, labels, layers }: Problem): Minibatch {
  const classes = layers.at(-1)?.outputs ?? 0;
  const examples = tf.tensor2d(x.map((row) => [...row]));
  const rows = labels.map((label) => Array.from({ length: classes }, (_, c) => +(c === label)));
  return { x: examples, xT: tf.transpose(examples), y: tf.tensor2d(rows) };
}

/** What `differentiate()` says, as plain numbers: layer by layer, weights before biases. */
export async function derivedGradients(
  problem: Problem,
): Promise<{ gradients: number[]; lossSum: number }> {
  const layers = uploadLayers(problem.layers);
  const found = tf.tidy(() => differentiate(layers, minibatchOf(problem), problem.activation));
  const gradients = flatten(await downloadLayers(found.gradients));
  const [lossSum = NaN] = await found.lossSum.data();
  disposeLayers([...layers, ...found.gradients]);
  tf.dispose([found.lossSum, found.correct]);
  return { gradients, lossSum };
}

/** All parameters: layer by layer, weights before biases. */
export function flatten(layers: readonly HostLayer[]): number[] {
  return layers.flatMap(({ weights, bias }) => [...weights, ...bias]);
}

/** Each number within `tolerance`, relative to max(1, its size). */
export function assertClose(
  found: readonly number[],
  due: readonly number[],
  tolerance: number,
): void {
  assert.equal(found.length, due.length);
  for (const [i, value] of found.entries()) {
    const expected = due[i] ?? NaN;
    const isClose = Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected));
    assert.ok(isClose, `number ${i} is ${value}; it must be ${expected}`);
  }
}
