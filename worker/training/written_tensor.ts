/**
 * New matrices that are written where the device will read them.
 *
 * The wasm backend computes on its module's memory: numbers that are put together in an array first
 * would be copied there once more. Other backends take the array.
 */
import * as tf from "@tensorflow/tfjs-core";

/** The part of TensorFlow.js's wasm backend that is used here. */
interface WasmBackend {
  readonly makeOutput: (shape: readonly number[], dtype: "float32") => tf.TensorInfo;
  readonly typedArrayFromHeap: (info: tf.TensorInfo) => Float32Array;
}

/**
 * A matrix of this shape on the active backend. `write` is given its numbers, row by row, and must
 * write all of them, for they may hold anything; it must make no tensor meanwhile.
 */
export function writtenTensor(
  shape: readonly [number, number],
  write: (numbers: Float32Array) => void,
): tf.Tensor2D {
  const [rows, columns] = shape;
  if (tf.getBackend() !== "wasm") {
    const numbers = new Float32Array(rows * columns);
    write(numbers);
    return tf.tensor2d(numbers, [rows, columns]);
  }
  const backend = parseBackend(tf.backend());
  const info = backend.makeOutput(shape, "float32");
  write(backend.typedArrayFromHeap(info));
  return parseTensor(tf.engine().makeTensorFromTensorInfo(info));
}

function parseBackend(backend: unknown): WasmBackend {
  return backend as WasmBackend;
}

function parseTensor(tensor: tf.Tensor): tf.Tensor2D {
  return tensor as tf.Tensor2D;
}
