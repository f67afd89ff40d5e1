/** Turns bytes of the training split into the tensors of a minibatch, through reused buffers. */
import * as tf from "@tensorflow/tfjs-core";
import type { Dataset } from "../datasets/dataset.ts";
import { writeInputs, writeOneHot, writeTransposed } from "./example_rows.ts";
import type { Minibatch } from "./mlp.ts";

/**
 * Builds minibatches of a dataset's training split. Backends may keep looking at the buffers, so
 * the tensors of one minibatch must be disposed of before the next is built.
 */
export class MinibatchBuilder {
  readonly #dataset: Dataset;
  readonly #x: Float32Array;
  readonly #xT: Float32Array;
  readonly #y: Float32Array;

  /** Allocates the buffers for at most `batchSize` examples. */
  constructor(dataset: Dataset, batchSize: number) {
    this.#dataset = dataset;
    this.#x = new Float32Array(batchSize * dataset.features);
    this.#xT = new Float32Array(batchSize * dataset.features);
    this.#y = new Float32Array(batchSize * dataset.classes.length);
  }

  /** The training examples at `indices`, as tensors that the caller owns. */
  build(indices: Uint32Array): Minibatch {
    const { train: split, features, normalisation } = this.#dataset;
    const classes = this.#dataset.classes.length;
    const rows = indices.length; // B
    const x = this.#x.subarray(0, rows * features);
    const xT = this.#xT.subarray(0, rows * features);
    const y = this.#y.subarray(0, rows * classes);
    writeInputs(x, { split, indices, normalisation });
    writeTransposed(xT, { source: x, rows, columns: features });
    writeOneHot(y, { split, indices, classes });
    return {
      x: tf.tensor2d(x, [rows, features]),
      xT: tf.tensor2d(xT, [features, rows]),
      y: tf.tensor2d(y, [rows, classes]),
    };
  }
}
