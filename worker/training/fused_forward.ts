/**
 * The forward pass of all lanes as one network.
 *
 * Shapes: B examples, D inputs, C outputs; R rows of the first layer; a block has K lanes of P
 * units; Λ lanes in all. Above the first layer an example is a column.
 */
import * as tf from "@tensorflow/tfjs-core";
import { activate, type Activation } from "./activation.ts";
import type { Examples } from "./device_examples.ts";
import type { FusedLayout } from "./fused_layout.ts";
import type { FusedParameters } from "./fused_parameters.ts";
import { laneProduct } from "./lane_product.ts";

/** What a forward pass leaves for the gradients. */
export interface FusedPass {
  /** For each block its hidden layers' activations [K, P, B], input side first. */
  readonly hidden: readonly (readonly tf.Tensor3D[])[];
  /** [Λ, C, B], the lanes in the order of `layout.order`. */
  readonly outputs: tf.Tensor3D;
}

/** The outputs of every lane for the examples. */
export function fusedForward(
  { first, blocks }: FusedParameters,
  examples: Examples,
  { layout, activation }: { readonly layout: FusedLayout; readonly activation: Activation },
): FusedPass {
  const a = activate(firstSums(first, examples, layout), activation); // [R, B]
  const hidden: tf.Tensor3D[][] = [];
  const outputs: tf.Tensor3D[] = [];
  for (const [block, rows] of splitRows(a, layout).entries()) {
    const activations = [rows]; // [K, P, B]
    const layers = blocks[block] ?? [];
    for (const [index, { weights, bias }] of layers.entries()) {
      const below = activations.at(-1) ?? rows; // [K, P, B]
      const sums = tf.add<tf.Tensor3D>(laneProduct(weights, below), bias); // [K, P or C, B]
      if (index === layers.length - 1) outputs.push(sums); // [K, C, B]
      else activations.push(activate(sums, activation)); // [K, P, B]
    }
    hidden.push(activations);
  }
  const [only] = outputs;
  return {
    hidden,
    outputs: outputs.length === 1 && only !== undefined ? only : tf.concat(outputs, 0), // [Λ, C, B]
  };
}

/** [R, B]: the weights of the biases meet the ones of the examples, z = W x + b in one product. */
function firstSums(first: tf.Tensor2D, examples: Examples, { unitsAs }: FusedLayout): tf.Tensor2D {
  switch (unitsAs) {
    case "rows":
      return tf.matMul(first, examples.xT); // [R, B] = [R, D₁] @ [D₁, B]
    case "columns":
      return tf.transpose(tf.matMul(examples.x, first)); // [B, R] = [B, D₁] @ [D₁, R]
    default:
      return unitsAs satisfies never;
  }
}

/** The rows [R, B] of each block as [K, P, B]. */
function splitRows(a: tf.Tensor2D, { blocks }: FusedLayout): tf.Tensor3D[] {
  const columns = a.shape[1];
  const parts = blocks.length === 1
    ? [a]
    : tf.split(a, blocks.map(({ lanes, width }) => lanes.length * width), 0);
  return blocks.map(({ lanes, width }, i) =>
    tf.reshape(parts[i] ?? a, [lanes.length, width, columns])
  );
}
