/** The parameters of one fully connected layer, on the device and in plain arrays. */
import * as tf from "@tensorflow/tfjs-core";

/** A layer on the device: `a = f(x W + b)`. A type, so that `tf.tidy` can look inside. */
export type Layer = {
  /** [inputs, outputs] */
  readonly weights: tf.Tensor2D;
  /** [outputs] */
  readonly bias: tf.Tensor1D;
};

/** A layer in plain arrays: how it begins, and how it travels. */
export interface HostLayer {
  /** How many numbers go in. */
  readonly inputs: number;
  /** How many come out. */
  readonly outputs: number;
  /** `inputs × outputs` numbers, the weights out of an input side by side. */
  readonly weights: Float32Array;
  /** `outputs` numbers. */
  readonly bias: Float32Array;
}

/** The layers' sizes in words, to compare and to tell. */
export function shapeOf(layers: readonly HostLayer[]): string {
  return layers.map((layer) => `${layer.inputs}×${layer.outputs}`).join(", ");
}

/** Copies layers to the device. The caller owns the tensors. */
export function uploadLayers(layers: readonly HostLayer[]): Layer[] {
  return layers.map(({ inputs, outputs, weights, bias }) => ({
    // The copies keep the caller's arrays out of the reach of backends that compute in place.
    weights: tf.tensor2d(weights.slice(), [inputs, outputs]),
    bias: tf.tensor1d(bias.slice()),
  }));
}

/** Copies layers from the device. */
export async function downloadLayers(layers: readonly Layer[]): Promise<HostLayer[]> {
  return await Promise.all(layers.map(async ({ weights, bias }) => ({
    inputs: weights.shape[0],
    outputs: weights.shape[1],
    weights: Float32Array.from(await weights.data()),
    bias: Float32Array.from(await bias.data()),
  })));
}

/** Frees the tensors of layers. */
export function disposeLayers(layers: readonly Layer[]): void {
  for (const { weights, bias } of layers) {
    weights.dispose();
    bias.dispose();
  }
}
