/** Turns examples of the training split into the tensors of minibatches, through reused buffers. */
import * as tf from "@tensorflow/tfjs-core";
import { copyRows, type Dataset } from "../datasets/dataset.ts";
import { writeInputs, writeTargets, writeTransposed } from "./example_rows.ts";
import { firstColumns } from "./fused_layout.ts";

/** Examples and what is due of them, on the device. */
export interface Minibatch {
  /**
   * [B, D₁] the examples, a row each: D inputs, then a 1 for the biases to be weights of, then zeros
   * where D₁ is more than D + 1 (see `firstColumns`).
   */
  readonly x: tf.Tensor2D;
  /** [D₁, B] the same, transposed. */
  readonly xT: tf.Tensor2D;
  /** [C, B] what is due. */
  readonly y: tf.Tensor2D;
}

/** A training split whose inputs take no more than this is normalised once, not in each epoch. */
const RESIDENT_BYTES = 2 ** 27;

/** What minibatches are made of. */
export interface MinibatchesOptions {
  /** Examples in a minibatch; as many as the split has, or more: all of them, always the same. */
  readonly batchSize: number;
  /** How much memory all normalised training inputs may take; 128 MiB when absent. */
  readonly residentBytes?: number;
}

/** The minibatches of a dataset's training split, which all lanes of a pack share. */
export class Minibatches implements Disposable {
  readonly #dataset: Dataset;
  readonly #batchSize: number;
  readonly #x: Float32Array;
  readonly #xT: Float32Array;
  readonly #rows: Float32Array;
  readonly #y: Float32Array;
  /** All training inputs [N, D₁], or null where they would take too much memory. */
  readonly #inputs: Float32Array | null;
  #whole: Minibatch | null = null;

  /** Allocates the buffers; makes no tensors yet. */
  constructor(dataset: Dataset, options: MinibatchesOptions) {
    const { residentBytes = RESIDENT_BYTES } = options;
    const { features, outputs, train: { count } } = dataset;
    const columns = firstColumns(features);
    const batchSize = Math.min(options.batchSize, count);
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#x = new Float32Array(batchSize * columns);
    this.#xT = new Float32Array(batchSize * columns);
    this.#rows = new Float32Array(batchSize * Math.max(features, outputs));
    this.#y = new Float32Array(batchSize * outputs);
    const isSmall = count * columns * Float32Array.BYTES_PER_ELEMENT <= residentBytes;
    this.#inputs = isSmall && batchSize < count ? new Float32Array(count * columns) : null;
    if (this.#inputs !== null) writeAll(this.#inputs, dataset);
  }

  /** Whether every minibatch is the whole split: then the order of examples has no meaning. */
  get isWhole(): boolean {
    return this.#batchSize === this.#dataset.train.count;
  }

  /** How many minibatches an epoch has. */
  get count(): number {
    return Math.ceil(this.#dataset.train.count / this.#batchSize);
  }

  /** The split as one minibatch: it stays on the device, and is not the caller's to dispose of. */
  whole(): Minibatch {
    const { count } = this.#dataset.train;
    this.#whole ??= this.#build(Uint32Array.from({ length: count }, (_, i) => i));
    return this.#whole;
  }

  /**
   * The minibatches of an epoch, whose examples come in this order. Backends may keep looking at
   * the buffers, so each is disposed of before the next is made.
   */
  *inOrder(order: Uint32Array): Generator<Minibatch, void, void> {
    for (let start = 0; start < order.length; start += this.#batchSize) {
      const minibatch = this.#build(order.subarray(start, start + this.#batchSize));
      try {
        yield minibatch;
      } finally {
        dispose(minibatch);
      }
    }
  }

  /** Frees what stayed on the device. */
  [Symbol.dispose](): void {
    if (this.#whole !== null) dispose(this.#whole);
    this.#whole = null;
  }

  #build(indices: Uint32Array): Minibatch {
    const { train: split, features, normalisation, outputs } = this.#dataset;
    const [examples, columns] = [indices.length, firstColumns(features)]; // B, D₁
    const x = this.#x.subarray(0, examples * columns);
    const xT = this.#xT.subarray(0, examples * columns);
    const y = this.#y.subarray(0, examples * outputs);
    if (this.#inputs === null) {
      const rows = this.#rows.subarray(0, examples * features);
      writeInputs(rows, { split, indices, normalisation });
      writeWithOnes(x, rows, features);
    } else {
      copyRows(x, { source: this.#inputs, indices, columns });
    }
    writeTransposed(xT, { source: x, rows: examples, columns });
    const targets = this.#rows.subarray(0, examples * outputs);
    writeTargets(targets, { split, indices, outputs });
    writeTransposed(y, { source: targets, rows: examples, columns: outputs });
    return {
      x: tf.tensor2d(x, [examples, columns]),
      xT: tf.tensor2d(xT, [columns, examples]),
      y: tf.tensor2d(y, [outputs, examples]),
    };
  }
}

/** Writes rows [N, D], each followed by a 1 and zeros, into `target` [N, D₁]. */
function writeWithOnes(target: Float32Array, rows: Float32Array, features: number): void {
  const columns = firstColumns(features);
  target.fill(0);
  for (let row = 0; row * features < rows.length; row++) {
    target.set(rows.subarray(row * features, (row + 1) * features), row * columns);
    target[row * columns + features] = 1;
  }
}

/** Writes all training inputs, some rows at a time so that little more memory is taken. */
function writeAll(target: Float32Array, { train: split, features, normalisation }: Dataset): void {
  const CHUNK = 1024;
  const columns = firstColumns(features);
  const rows = new Float32Array(Math.min(CHUNK, split.count) * features);
  for (let start = 0; start < split.count; start += CHUNK) {
    const length = Math.min(CHUNK, split.count - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const some = rows.subarray(0, length * features);
    writeInputs(some, { split, indices, normalisation });
    const to = target.subarray(start * columns, (start + length) * columns);
    writeWithOnes(to, some, features);
  }
}

function dispose({ x, xT, y }: Minibatch): void {
  tf.dispose([x, xT, y]);
}
