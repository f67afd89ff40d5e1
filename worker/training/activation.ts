/** The functions between layers, each with its derivative written in terms of its own output. */
import * as tf from "@tensorflow/tfjs-core";

/** What hidden units do with their weighted sum. */
export type Activation = "relu" | "sigmoid" | "tanh";

/** a = f(z), element by element. */
export function activate<T extends tf.Tensor>(z: T, activation: Activation): T {
  switch (activation) {
    case "relu":
      return tf.relu(z);
    case "sigmoid":
      return tf.sigmoid(z);
    case "tanh":
      return hyperbolicTangent(z);
    default:
      return activation satisfies never;
  }
}

/** On wasm by way of σ, tanh z = 2 σ(2z) − 1: its own tanh takes ten times as long. */
function hyperbolicTangent<T extends tf.Tensor>(z: T): T {
  if (tf.getBackend() !== "wasm") return tf.tanh(z);
  return tf.sub(tf.mul(tf.sigmoid(tf.mul(z, 2)), 2), 1);
}

/** f′(z) computed from a = f(z), which backpropagation has at hand anyway. */
export function slope<T extends tf.Tensor>(a: T, activation: Activation): T {
  switch (activation) {
    case "relu":
      return tf.step(a); // 1 where a > 0
    case "sigmoid":
      return tf.mul(a, tf.sub(1, a)); // σ′ = σ (1 − σ)
    case "tanh":
      return tf.sub(1, tf.square(a)); // tanh′ = 1 − tanh²
    default:
      return activation satisfies never;
  }
}
