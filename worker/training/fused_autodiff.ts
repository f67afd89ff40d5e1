/** Gradients of the fused network by TensorFlow.js's automatic differentiation of its forward pass. */
import * as tf from "@tensorflow/tfjs-core";
import type { Loss } from "../../core/domain/task_kind.ts";
import type { Activation } from "./activation.ts";
import { fusedForward } from "./fused_forward.ts";
import type { FusedLayout } from "./fused_layout.ts";
import { partsOf } from "./fused_parameters.ts";
import { lossParts } from "./losses.ts";
import type { Minibatch } from "./minibatches.ts";
import { registerGradients } from "./operation_gradients.ts";

/** What is differentiated. */
export interface AutodiffOptions {
  /** The network's tensors. */
  readonly tensors: readonly tf.Tensor[];
  /** Where the lanes are. */
  readonly layout: FusedLayout;
  /** What stands between the layers. */
  readonly activation: Activation;
  /** What is made small. */
  readonly loss: Loss;
  /** [Λ, 1, 1]: what each lane's loss is multiplied by; null: by 1. */
  readonly lossScale: tf.Tensor | null;
}

/**
 * The derivatives of each lane's scaled mean loss by its own parameters, in the order of the tensors, and
 * the outputs [Λ, C, B] on the way. To be called inside `tf.tidy`.
 */
export function autoGradients(
  minibatch: Minibatch,
  { tensors, layout, activation, loss, lossScale }: AutodiffOptions,
): { readonly gradients: tf.Tensor[]; readonly outputs: tf.Tensor3D } {
  registerGradients();
  const { y } = minibatch;
  const examples = y.shape[1]; // B
  let outputs: tf.Tensor3D | undefined;
  const totalLoss = (...parameters: tf.Tensor[]): tf.Scalar => {
    const pass = fusedForward(partsOf(parameters, layout), minibatch, { layout, activation });
    // The tape frees what it made; the outputs are wanted after it.
    outputs = tf.keep(pass.outputs);
    // A sum over lanes that share nothing: its derivatives are each lane's own.
    const sums = lossParts(loss, pass.outputs, y).sums(); // [Λ]
    const scaled = lossScale === null ? sums : tf.mul(sums, tf.reshape(lossScale, [-1])); // [Λ]
    return tf.div(tf.sum(scaled), examples); // []
  };
  const gradients = tf.grads(totalLoss)([...tensors]);
  if (outputs === undefined) throw new Error("Cannot differentiate: no forward pass was made");
  const copy = tf.clone(outputs);
  outputs.dispose();
  return { gradients, outputs: copy };
}
