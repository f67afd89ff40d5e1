/** Turns bytes of the training split into the tensors of a minibatch, through reused buffers. */
import * as tf from "@tensorflow/tfjs-core";
import { copyRows, type Dataset } from "../datasets/dataset.ts";
import { writeInputs, writeTargets, writeTransposed } from "./example_rows.ts";
import type { Minibatch } from "./mlp.ts";

/** A training split whose inputs take no more than this is normalised once, not in each epoch. */
const RESIDENT_BYTES = 2 ** 27;

/** What a builder may use. */
export interface MinibatchBuilderOptions {
  /** The most examples that a minibatch will have. */
  readonly batchSize: number;
  /** How much memory all normalised training inputs may take; 128 MiB when absent. */
  readonly residentBytes?: number;
}

/**
 * Builds minibatches of a dataset's training split. Backends may keep looking at the buffers, so
 * the tensors of one minibatch must be disposed of before the next is built.
 */
export class MinibatchBuilder {
  readonly #dataset: Dataset;
  readonly #x: Float32Array;
  readonly #xT: Float32Array;
  readonly #y: Float32Array;
  /** All training inputs [N, D], or null where they would take too much memory. */
  readonly #inputs: Float32Array | null;

  /** Allocates the buffers for minibatches of at most `batchSize` examples. */
  constructor(dataset: Dataset, options: MinibatchBuilderOptions) {
    const { batchSize, residentBytes = RESIDENT_BYTES } = options;
    this.#dataset = dataset;
    this.#x = new Float32Array(batchSize * dataset.features);
    this.#xT = new Float32Array(batchSize * dataset.features);
    this.#y = new Float32Array(batchSize * dataset.outputs);
    this.#inputs = normaliseAll(dataset, residentBytes);
  }

  /** The training examples at `indices`, as tensors that the caller owns. */
  build(indices: Uint32Array): Minibatch {
    const { train: split, features, normalisation, outputs } = this.#dataset;
    const rows = indices.length; // B
    const x = this.#x.subarray(0, rows * features);
    const xT = this.#xT.subarray(0, rows * features);
    const y = this.#y.subarray(0, rows * outputs);
    if (this.#inputs === null) writeInputs(x, { split, indices, normalisation });
    else copyRows(x, { source: this.#inputs, indices, columns: features });
    writeTransposed(xT, { source: x, rows, columns: features });
    writeTargets(y, { split, indices, outputs });
    return {
      x: tf.tensor2d(x, [rows, features]),
      xT: tf.tensor2d(xT, [features, rows]),
      y: tf.tensor2d(y, [rows, outputs]),
    };
  }
}

function normaliseAll({ train, normalisation }: Dataset, limit: number): Float32Array | null {
  const size = train.count * train.features;
  if (size * Float32Array.BYTES_PER_ELEMENT > limit) return null;
  const inputs = new Float32Array(size);
  const indices = Uint32Array.from({ length: train.count }, (_, i) => i);
  writeInputs(inputs, { split: train, indices, normalisation });
  return inputs;
}
