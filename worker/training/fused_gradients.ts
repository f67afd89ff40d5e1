/**
 * Gradients of the fused network, derived by hand: backpropagation with the shapes on every line.
 *
 * For each lane, with layers numbered from the input side, aₗ = f(zₗ) and zₗ₊₁ = Wₗ₊₁ aₗ + bₗ₊₁:
 *
 *     δ_L = ∂loss/∂z_L                      (see losses.ts)
 *     ∂loss/∂Wₗ = δₗ aₗ₋₁ᵀ     ∂loss/∂bₗ = Σ over the examples of δₗ
 *     δₗ₋₁ = (Wₗᵀ δₗ) ⊙ f′(zₗ₋₁)
 *
 * No product mixes the rows of two lanes, so what is not finite in one lane stays in that lane.
 */
import * as tf from "@tensorflow/tfjs-core";
import { type Activation, slope } from "./activation.ts";
import type { Examples } from "./device_examples.ts";
import type { FusedPass } from "./fused_forward.ts";
import type { FusedLayout } from "./fused_layout.ts";
import type { FusedParameters } from "./fused_parameters.ts";
import { laneProduct } from "./lane_product.ts";

/** What the gradients are derived from. */
export interface BackpropagationOptions {
  /** The network. */
  readonly parameters: FusedParameters;
  /** Its forward pass. */
  readonly pass: FusedPass;
  /** The derivative of each lane's mean loss by its outputs [Λ, C, B]. */
  readonly derivative: tf.Tensor3D;
  /** What the forward pass was made of. */
  readonly examples: Examples;
  /** Where the lanes are. */
  readonly layout: FusedLayout;
  /** What stands between the layers. */
  readonly activation: Activation;
}

/** The derivatives of each lane's mean loss by its own parameters, in the order of the tensors. */
export function backpropagate(options: BackpropagationOptions): tf.Tensor[] {
  const { parameters, pass, derivative, examples, layout, activation } = options;
  const above: tf.Tensor[] = [];
  const firstDeltas: tf.Tensor2D[] = [];
  for (const [block, deltaOut] of splitLanes(derivative, layout).entries()) {
    const layers = parameters.blocks[block] ?? [];
    const hidden = pass.hidden[block] ?? [];
    let delta = deltaOut; // [K, M, B]: M outputs of the layer, at first C
    const gradients: tf.Tensor[] = [];
    for (const [index, { weights }] of [...layers.entries()].reverse()) {
      const below = hidden[index] ?? delta; // [K, P, B]
      gradients.unshift(
        laneProduct(delta, below, "right"), // [K, M, P] = [K, M, B] · [K, P, B]ᵀ
        tf.sum(delta, 2, true), // [K, M, 1]
      );
      const back = laneProduct(weights, delta, "left"); // [K, P, B] = [K, M, P]ᵀ · [K, M, B]
      delta = tf.mul(back, slope(below, activation)); // [K, P, B]
    }
    above.push(...gradients);
    firstDeltas.push(tf.reshape(delta, [-1, delta.shape[2]])); // [K P, B]
  }
  const [only] = firstDeltas;
  const delta: tf.Tensor2D = firstDeltas.length === 1 && only !== undefined
    ? only
    : tf.concat(firstDeltas, 0); // [R, B]
  return [firstGradient(delta, examples, layout), ...above];
}

/** The derivative by the first layer's matrix, in the form in which it lies. */
function firstGradient(
  delta: tf.Tensor2D,
  examples: Examples,
  { unitsAs }: FusedLayout,
): tf.Tensor2D {
  switch (unitsAs) {
    case "rows":
      return tf.matMul(delta, examples.x); // [R, D₁] = [R, B] @ [B, D₁]
    case "columns":
      return tf.matMul(examples.xT, tf.transpose(delta)); // [D₁, R] = [D₁, B] @ [B, R]
    default:
      return unitsAs satisfies never;
  }
}

/** The lanes' part [Λ, C, B] of each block as [K, C, B]. */
function splitLanes(outputs: tf.Tensor3D, { blocks }: FusedLayout): tf.Tensor3D[] {
  return blocks.length === 1
    ? [outputs]
    : tf.split(outputs, blocks.map(({ lanes }) => lanes.length), 0);
}
