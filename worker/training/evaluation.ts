/** Scoring networks on a split: loss, accuracy and who was taken for whom. */
import * as tf from "@tensorflow/tfjs-core";
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Activation } from "./activation.ts";
import { writeInputs, writeTargets } from "./example_rows.ts";
import type { Layer } from "./layer.ts";
import { crossEntropySum, forward } from "./mlp.ts";

/** How a network did on a split. */
export interface Evaluation {
  /** The mean cross-entropy; not finite for a network that has diverged. */
  readonly loss: number;
  /** The share of examples classified rightly. */
  readonly accuracy: number;
  /** `confusion[actual][predicted]` counts examples. */
  readonly confusion: readonly (readonly number[])[];
}

/** What an evaluator needs. */
export interface EvaluatorOptions {
  /** Where classes, features and normalisation are taken from. */
  readonly dataset: Dataset;
  /** The split of the dataset to score on. */
  readonly split: Split;
  /** What the networks have between their layers. */
  readonly activation: Activation;
  /** Awaited between chunks, so that the thread can hear messages. */
  readonly breathe: () => Promise<void>;
  /** How much memory of the device the split may take between evaluations; 128 MiB when absent. */
  readonly residentBytes?: number;
}

/** Examples scored at a time. */
const CHUNK = 500;
/** A split whose inputs take no more than this stays on the device between evaluations. */
const RESIDENT_BYTES = 2 ** 27;

/** Examples on the device: `x` [B, D] and their one-hot classes `y` [B, C]. */
type Chunk = { readonly x: tf.Tensor2D; readonly y: tf.Tensor2D };

/** Scores networks on one split, whose tensors it keeps when they are small enough. */
export class Evaluator implements Disposable {
  readonly #options: EvaluatorOptions;
  readonly #isResident: boolean;
  readonly #chunks: Chunk[] = [];

  /** Makes no tensors yet; the first evaluation does. */
  constructor(options: EvaluatorOptions) {
    this.#options = options;
    const { split: { count, features }, residentBytes = RESIDENT_BYTES } = options;
    this.#isResident = count * features * Float32Array.BYTES_PER_ELEMENT <= residentBytes;
  }

  /** Scores each network, given as its layers, on the whole split. */
  async evaluate(networks: readonly (readonly Layer[])[]): Promise<readonly Evaluation[]> {
    const { activation, breathe, dataset, split } = this.#options;
    const tallies = networks.map(() => new Tally(dataset.classes.length));
    for (let start = 0; start < split.count; start += CHUNK) {
      const chunk = this.#chunkAt(start);
      for (const [i, layers] of networks.entries()) {
        const { lossSum, predicted } = tf.tidy(() => score(layers, chunk, activation));
        const [loss] = await lossSum.data();
        tallies[i]?.add(loss ?? NaN, await predicted.data(), labelsOf(split).subarray(start));
        tf.dispose([lossSum, predicted]);
      }
      if (!this.#isResident) tf.dispose(chunk);
      await breathe();
    }
    return tallies.map((tally) => tally.total());
  }

  /** Frees the tensors that were kept. */
  [Symbol.dispose](): void {
    tf.dispose(this.#chunks.splice(0));
  }

  #chunkAt(start: number): Chunk {
    const held = this.#chunks[start / CHUNK];
    if (held !== undefined) return held;
    const { split, dataset: { classes: { length: classes }, normalisation } } = this.#options;
    const rows = Math.min(CHUNK, split.count - start);
    const indices = Uint32Array.from({ length: rows }, (_, i) => start + i);
    const x = new Float32Array(rows * split.features);
    const y = new Float32Array(rows * classes);
    writeInputs(x, { split, indices, normalisation });
    writeTargets(y, { split, indices, outputs: classes });
    const chunk = { x: tf.tensor2d(x, [rows, split.features]), y: tf.tensor2d(y, [rows, classes]) };
    if (this.#isResident) this.#chunks.push(chunk);
    return chunk;
  }
}

function score(layers: readonly Layer[], { x, y }: Chunk, activation: Activation): {
  lossSum: tf.Scalar;
  predicted: tf.Tensor1D;
} {
  const logits = forward(layers, x, activation).at(-1) ?? x; // [B, C]
  return {
    lossSum: crossEntropySum(tf.logSoftmax(logits), y), // []
    predicted: tf.argMax(logits, 1), // [B]
  };
}

function labelsOf({ targets }: Split): Uint16Array {
  if (targets.kind === "classes") return targets.labels;
  throw new RangeError("Cannot score a classifier on values: the targets must be classes");
}

/** Counts of a split under way. */
class Tally {
  readonly #confusion: number[][];
  #loss = 0;

  constructor(classes: number) {
    this.#confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  }

  add(loss: number, predicted: ArrayLike<number>, labels: Uint16Array): void {
    this.#loss += loss;
    for (let i = 0; i < predicted.length; i++) {
      const row = this.#confusion[labels[i] ?? 0];
      const column = predicted[i] ?? 0;
      if (row?.[column] !== undefined) row[column]++;
    }
  }

  total(): Evaluation {
    const count = this.#confusion.flat().reduce((sum, n) => sum + n, 0);
    const right = this.#confusion.reduce((sum, row, actual) => sum + (row[actual] ?? 0), 0);
    return { loss: this.#loss / count, accuracy: right / count, confusion: this.#confusion };
  }
}
