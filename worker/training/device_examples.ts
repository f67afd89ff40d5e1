/** Examples on the device in the forms that a network may ask for, each made when it first does. */
import * as tf from "@tensorflow/tfjs-core";
import { writeTransposed, writeTransposedRows } from "./example_rows.ts";
import { type PlacedRows, writePlaced } from "./padded_rows.ts";
import { writtenTensor } from "./written_tensor.ts";

/**
 * Examples as the first layer takes them. An example has D₁ numbers: D inputs, then a 1 for the
 * biases to be weights of, then zeros where D₁ is more than D + 1 (see `firstColumns`).
 */
export interface Examples {
  /** [B, D₁] the examples, a row each. */
  readonly x: tf.Tensor2D;
  /** [D₁, B] the same, transposed. */
  readonly xT: tf.Tensor2D;
}

/** What the tensors are made of. */
export interface DeviceExamplesOptions {
  /** The examples; asked for each time that a form of them is made. */
  readonly rows: () => PlacedRows;
  /** [B, C] what is due of them. */
  readonly targets: Float32Array;
  /** C. */
  readonly outputs: number;
}

/** Owns the tensors of some examples. They outlive the `tf.tidy` in which they are asked for. */
export class DeviceExamples implements Examples, Disposable {
  /** [C, B] what is due. */
  readonly y: tf.Tensor2D;
  readonly #rows: () => PlacedRows;
  #x: tf.Tensor2D | null = null;
  #xT: tf.Tensor2D | null = null;

  /** Copies what is due to the active backend, and the examples when they are asked for. */
  constructor({ rows, targets, outputs }: DeviceExamplesOptions) {
    const examples = targets.length / outputs;
    this.#rows = rows;
    this.y = writtenTensor([outputs, examples], (numbers) => {
      writeTransposed(numbers, { source: targets, rows: examples, columns: outputs });
    });
  }

  /** [B, D₁] */
  get x(): tf.Tensor2D {
    if (this.#x !== null) return this.#x;
    const rows = this.#rows();
    const shape = [rows.starts.length, rows.columns] as const;
    this.#x = tf.keep(writtenTensor(shape, (numbers) => writePlaced(numbers, rows)));
    return this.#x;
  }

  /** [D₁, B] */
  get xT(): tf.Tensor2D {
    if (this.#xT !== null) return this.#xT;
    const rows = this.#rows();
    const shape = [rows.columns, rows.starts.length] as const;
    this.#xT = tf.keep(writtenTensor(shape, (numbers) => writeTransposedRows(numbers, rows)));
    return this.#xT;
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    tf.dispose([this.y, ...[this.#x, this.#xT].filter((tensor) => tensor !== null)]);
    this.#x = null;
    this.#xT = null;
  }
}
