/** What a trainer is given: examples as bytes, their labels, and how a byte becomes a number. */
import type { Normalisation } from "./normalisation.ts";

/** Labelled examples, kept as the bytes of their file: a quarter of what floats would take. */
export interface Split {
  /** How many examples there are. */
  readonly count: number;
  /** How many features an example has. */
  readonly features: number;
  /** The examples one after the other, `count × features` bytes. */
  readonly bytes: Uint8Array;
  /** The class of each example, `count` numbers in [0, classes). */
  readonly labels: Uint8Array;
}

/** Data of a classification task, divided and ready to be trained on. */
export interface Dataset {
  /** The name that sweep files use: `mnist`, `cifar100`. */
  readonly name: string;
  /** SHA-256, in hex, over the bytes and labels in use: equal digests mean equal data. */
  readonly digest: string;
  /** The classes' names; the label of an example is an index into them. */
  readonly classes: readonly string[];
  /** How many features an example has. */
  readonly features: number;
  /** How a byte becomes a network's input. */
  readonly normalisation: Normalisation;
  /** What weights are fitted to. */
  readonly train: Split;
  /** What is scored each epoch; the same object as `test` where the sweep file says so. */
  readonly validation: Split;
  /** What is scored once, at the end. */
  readonly test: Split;
}

/** A dataset as its files hold it, before a sweep divides it. */
export interface SourceDataset extends Omit<Dataset, "digest" | "validation"> {
  /** Where it was read from, for messages: a folder or a package. */
  readonly origin: string;
}

/** Data that cannot be used as asked; the message says what the user can do. */
export class DatasetError extends Error {
  /** Constant, so that it survives minifiers and subclasses. */
  override readonly name = "DatasetError";
}

/**
 * The examples at `indices`, in that order, copied.
 * @throws {RangeError} If an index points outside the split.
 */
export function takeExamples(split: Split, indices: Uint32Array): Split {
  const { features } = split;
  const bytes = new Uint8Array(indices.length * features);
  const labels = new Uint8Array(indices.length);
  for (const [position, index] of indices.entries()) {
    const label = split.labels[index];
    if (label === undefined) {
      throw new RangeError(`Cannot take example ${index}: the split has ${split.count}`);
    }
    bytes.set(split.bytes.subarray(index * features, (index + 1) * features), position * features);
    labels[position] = label;
  }
  return { count: indices.length, features, bytes, labels };
}
