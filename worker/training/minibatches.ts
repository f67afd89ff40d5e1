/** Turns examples of the training split into the tensors of minibatches. */
import type * as tf from "@tensorflow/tfjs-core";
import type { Dataset } from "../datasets/dataset.ts";
import { DeviceExamples, type Examples } from "./device_examples.ts";
import { writeTargets } from "./example_rows.ts";
import { PaddedRows, type PlacedRows } from "./padded_rows.ts";

/** Examples and what is due of them, on the device. */
export interface Minibatch extends Examples {
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
  readonly #rows: PaddedRows;
  readonly #targets: Float32Array;
  #whole: DeviceExamples | null = null;

  /** Normalises the split if it is small enough; makes no tensors yet. */
  constructor(dataset: Dataset, options: MinibatchesOptions) {
    const { residentBytes = RESIDENT_BYTES } = options;
    const { outputs, normalisation, train } = dataset;
    const batchSize = Math.min(options.batchSize, train.count);
    const isWhole = batchSize === train.count;
    this.#dataset = dataset;
    this.#batchSize = batchSize;
    this.#rows = new PaddedRows(train, {
      normalisation,
      residentBytes: isWhole ? 0 : residentBytes,
    });
    this.#targets = new Float32Array(batchSize * outputs);
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
   * The minibatches of an epoch, whose examples come in this order. Each is disposed of before the
   * next is made.
   */
  *inOrder(order: Uint32Array): Generator<Minibatch, void, void> {
    for (let start = 0; start < order.length; start += this.#batchSize) {
      using minibatch = this.#build(order.subarray(start, start + this.#batchSize));
      yield minibatch;
    }
  }

  /** Frees what stayed on the device. */
  [Symbol.dispose](): void {
    this.#whole?.[Symbol.dispose]();
    this.#whole = null;
  }

  #build(indices: Uint32Array): DeviceExamples {
    const { train: split, outputs } = this.#dataset;
    const targets = this.#targets.subarray(0, indices.length * outputs);
    writeTargets(targets, { split, indices, outputs });
    // Both forms are made before other rows are asked for: they are normalised once for both.
    let placed: PlacedRows | null = null;
    const rows = (): PlacedRows => placed ??= this.#rows.at(indices);
    return new DeviceExamples({ rows, targets, outputs });
  }
}
