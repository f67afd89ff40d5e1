/**
 * Losses of all lanes at once, each in a form that neither overflows nor loses its small values.
 *
 * Shapes: Λ lanes, C outputs, B examples; outputs z are [Λ, C, B], targets y are [C, B].
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../../core/domain/task_kind.ts";

/** The outputs' loss and its derivative, computed when asked for from what they share. */
export interface LossParts {
  /** [Λ]: the sum of the examples' losses. */
  readonly sums: () => tf.Tensor1D;
  /** [Λ, C, B]: the derivative of the *mean* of the examples' losses by each output. */
  readonly derivative: () => tf.Tensor3D;
}

/** The loss of outputs z [Λ, C, B] that should be y [C, B]. */
export function lossParts(loss: Loss, z: tf.Tensor3D, y: tf.Tensor2D): LossParts {
  switch (loss) {
    case "softmax_cross_entropy":
      return softmaxCrossEntropy(z, y);
    case "binary_cross_entropy":
      return binaryCrossEntropy(z, y);
    case "mean_squared_error":
      return meanSquaredError(z, y);
    default:
      return loss satisfies never;
  }
}

/**
 * −log p(class) with p = softmax(z), as log Σ exp z − z(class). Taking the greatest output off all
 * of them changes nothing but keeps exp from overflowing.
 */
function softmaxCrossEntropy(z: tf.Tensor3D, y: tf.Tensor2D): LossParts {
  const examples = z.shape[2]; // B
  const shifted: tf.Tensor3D = tf.sub(z, greatest(z)); // [Λ, C, B]
  const powers: tf.Tensor3D = tf.exp(shifted); // [Λ, C, B]
  const total: tf.Tensor3D = tf.sum(powers, 1, true); // [Λ, 1, B]
  return {
    sums: () => {
      const logTotal = tf.sum(tf.log(total), [1, 2]); // [Λ]
      return tf.sub(logTotal, tf.sum(tf.mul(shifted, y), [1, 2])); // [Λ]
    },
    derivative: () => tf.div(tf.sub(tf.div(powers, total), y), examples), // (p − y) / B
  };
}

/** max over C of z, [Λ, 1, B]; a constant to automatic differentiation, for it cancels out. */
const greatest = tf.customGrad((...[z]) => {
  if (!(z instanceof tf.Tensor)) throw new TypeError("Cannot find the greatest of no outputs");
  return { value: tf.max(z, 1, true), gradFunc: () => tf.zerosLike(z) };
});

/**
 * −log σ(z) where 1 is due, −log(1 − σ(z)) where 0 is: both are softplus(s), with s = −z or z. The
 * derivative of softplus is σ. Written so, nothing is lost when a network is sure and right.
 */
function binaryCrossEntropy(z: tf.Tensor3D, y: tf.Tensor2D): LossParts {
  const examples = z.shape[2]; // B
  const sign = tf.sub(1, tf.mul(y, 2)); // [C, B]: −1 where 1 is due, 1 where 0 is
  const s: tf.Tensor3D = tf.mul(z, sign); // [Λ, C, B]
  return {
    sums: () => tf.sum(tf.softplus(s), [1, 2]), // [Λ]
    derivative: () => tf.mul(tf.sigmoid(s), tf.div(sign, examples)), // [Λ, C, B]
  };
}

/** (z − y)², averaged over the outputs. */
function meanSquaredError(z: tf.Tensor3D, y: tf.Tensor2D): LossParts {
  const [, outputs, examples] = z.shape; // C, B
  const error: tf.Tensor3D = tf.sub(z, y); // [Λ, C, B]
  return {
    sums: () => tf.div(tf.sum(tf.mul(error, error), [1, 2]), outputs), // [Λ]
    derivative: () => tf.mul(error, 2 / (outputs * examples)), // [Λ, C, B]
  };
}
