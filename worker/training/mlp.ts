/**
 * One multilayer perceptron that classifies, in the form that textbooks give it: forward pass,
 * gradients derived by hand, SGD step. It is what the fused network of a pack is held against.
 *
 * Shapes: B examples, D inputs, H units of a hidden layer, C classes. An example is a row. This
 * layout keeps every product a plain one whose right-hand side is the smaller matrix: a transpose
 * flag on `matMul` takes a slow path on wasm, and a right-hand side is packed anew in each step.
 */
import * as tf from "@tensorflow/tfjs-core";
import { activate, type Activation, slope } from "./activation.ts";
import type { Layer } from "./layer.ts";

/** Examples and what they are, on the device. */
export interface Minibatch {
  /** [B, D] the examples. */
  readonly x: tf.Tensor2D;
  /** [D, B] the same, transposed: the first layer's gradient needs it. */
  readonly xT: tf.Tensor2D;
  /** [B, C] one-hot classes. */
  readonly y: tf.Tensor2D;
}

/** What a network makes of a minibatch. All tensors belong to the caller. */
export type Differentiated = {
  /** The derivative of the mean loss with respect to each weight and bias. */
  readonly gradients: Layer[];
  /** The sum of the examples' cross-entropies. */
  readonly lossSum: tf.Scalar;
  /** How many examples were classified rightly. */
  readonly correct: tf.Scalar;
};

/** The output of each layer: the hidden ones activated, the last one as logits [B, C]. */
export function forward(
  layers: readonly Layer[],
  x: tf.Tensor2D,
  activation: Activation,
): tf.Tensor2D[] {
  const outputs: tf.Tensor2D[] = [];
  let input = x; // [B, D], then [B, H]
  for (const [index, { weights, bias }] of layers.entries()) {
    const z: tf.Tensor2D = tf.add(tf.matMul(input, weights), bias); // [B, H], at last [B, C]
    input = index < layers.length - 1 ? activate(z, activation) : z;
    outputs.push(input);
  }
  return outputs;
}

/** The examples' cross-entropies −log p(class), summed, from log-probabilities [B, C]. */
export function crossEntropySum(logP: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar {
  return tf.neg(tf.sum(tf.mul(logP, y))); // []
}

/**
 * Loss and gradients by backpropagation, written out. To be called inside `tf.tidy`.
 *
 * For softmax p and cross-entropy the derivative by the logits is (p − y) / B; below a layer the
 * chain rule multiplies by its weights and by the slope of the activation.
 */
export function differentiate(
  layers: readonly Layer[],
  { x, xT, y }: Minibatch,
  activation: Activation,
): Differentiated {
  const outputs = forward(layers, x, activation);
  const logits = outputs.at(-1) ?? x; // [B, C]
  const logP: tf.Tensor2D = tf.logSoftmax(logits); // [B, C]
  let delta: tf.Tensor2D = tf.div(tf.sub(tf.exp(logP), y), x.shape[0]); // [B, C]
  const gradients: Layer[] = [];
  for (const [index, { weights }] of [...layers.entries()].reverse()) {
    const below = index === 0 ? undefined : outputs[index - 1]; // [B, H]
    const inputT: tf.Tensor2D = below === undefined ? xT : tf.transpose(below); // [D or H, B]
    gradients.unshift({
      weights: tf.matMul(inputT, delta), // [D, H] = [D, B] @ [B, H]
      bias: tf.sum(delta, 0), // [H]
    });
    if (below === undefined) break;
    const back: tf.Tensor2D = tf.matMul(delta, tf.transpose(weights)); // [B, H below]
    delta = tf.mul(back, slope(below, activation)); // [B, H below]
  }
  const hits = tf.equal(tf.argMax(logits, 1), tf.argMax(y, 1)); // [B]
  return {
    gradients,
    lossSum: crossEntropySum(logP, y),
    correct: tf.sum(tf.cast(hits, "float32")),
  };
}

/** One step of gradient descent: each parameter less `lr` times its gradient, as new tensors. */
export function descend(
  layers: readonly Layer[],
  gradients: readonly Layer[],
  lr: number,
): Layer[] {
  return layers.map(({ weights, bias }, index) => {
    const gradient = gradients[index];
    if (gradient === undefined) {
      throw new RangeError(`Cannot descend layer ${index}: it has no gradient`);
    }
    return {
      weights: tf.sub(weights, tf.mul(gradient.weights, lr)),
      bias: tf.sub(bias, tf.mul(gradient.bias, lr)),
    };
  });
}
