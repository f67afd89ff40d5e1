/**
 * Products of a stack of small matrices, one for each lane: what the layers above the first are.
 *
 * Measured on wasm (K lanes of M × N times N × B): its own batched product takes a slow path of
 * about a multiply and add a nanosecond, with or without transposed operands. Its product of two
 * plain matrices is ten times as fast but packs its right-hand side first, so it wins from five
 * rows on the left upwards; of a product with fewer rows the transpose may be the better one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasFastLaneProduct, WASM_LANE_PRODUCT } from "./wasm_lane_product.ts";

/** From this many rows on the left the plain product is worth packing its right-hand side. */
const WORTH_PACKING = 5;

/** Which operand is to be taken transposed. */
export type Transposed = "none" | "left" | "right";

/**
 * [K, M, B] = a [K, M, N] · b [K, N, B], lane by lane; an operand may be given transposed:
 * `left`: a is [K, N, M]; `right`: b is [K, B, N].
 */
export function laneProduct(
  a: tf.Tensor3D,
  b: tf.Tensor3D,
  transposed: Transposed = "none",
): tf.Tensor3D {
  const [lanes, rows] = transposed === "left" ? [a.shape[0], a.shape[2]] : a.shape;
  const inner = transposed === "left" ? a.shape[1] : a.shape[2];
  // An outer product of two vectors for each lane: nothing to add up.
  if (inner === 1 && transposed !== "right") {
    return tf.mul(transposed === "left" ? tf.reshape(a, [lanes, rows, 1]) : a, b);
  }
  if (!hasFastLaneProduct()) return multiplyStacks(a, b, transposed);
  if (rows < WORTH_PACKING) {
    if (transposed !== "right" || b.shape[1] < WORTH_PACKING) {
      return multiplyStacks(a, b, transposed);
    }
    // a bᵀ = (b aᵀ)ᵀ: now the little a is what is packed, and what is transposed is little too.
    return swap(fastProduct(b, swap(a)));
  }
  return fastProduct(
    transposed === "left" ? swap(a) : a, // [K, M, N]
    transposed === "right" ? swap(b) : b, // [K, N, B]
  );
}

function multiplyStacks(a: tf.Tensor3D, b: tf.Tensor3D, transposed: Transposed): tf.Tensor3D {
  return tf.matMul(a, b, transposed === "left", transposed === "right");
}

function fastProduct(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  return tf.engine().runKernel(WASM_LANE_PRODUCT, { a, b });
}

/** [K, N, M] out of [K, M, N]. */
function swap(stack: tf.Tensor3D): tf.Tensor3D {
  const [lanes, rows, columns] = stack.shape;
  const isVector = rows === 1 || columns === 1;
  return isVector ? tf.reshape(stack, [lanes, columns, rows]) : tf.transpose(stack, [0, 2, 1]);
}
