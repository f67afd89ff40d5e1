/** Dividing a dataset for a sweep: how much of it is used, and what is kept back for validation. */
import { createHash } from "node:crypto";
import { createRng, permutation } from "../../core/domain/rng.ts";
import {
  type Dataset,
  DatasetError,
  type SourceDataset,
  type Split,
  takeExamples,
} from "./dataset.ts";

/** The share of the training examples that is kept back for validation unless a sweep says more. */
export const DEFAULT_VALIDATION_FRACTION: number = 1 / 6;

/** How to divide; equal values divide equally on every machine. */
export interface DivideOptions {
  /** The sweep's seed. */
  readonly seed: number;
  /** `"test"`: the test set is scored each epoch. A number: this share of the training examples. */
  readonly validation: "test" | number;
  /** How many training examples to use, validation included; all of them when absent. */
  readonly trainExamples?: number;
}

/** Examples by their places in the files. */
export interface Division {
  /** What weights are fitted to. */
  readonly train: Uint32Array;
  /** What is scored each epoch; null: the test set. */
  readonly validation: Uint32Array | null;
}

/** What there is to be divided. */
export interface DivideSource {
  /** The dataset's name, for messages. */
  readonly name: string;
  /** Where it was read from, for messages. */
  readonly origin: string;
  /** How many training examples there are. */
  readonly count: number;
}

/**
 * Draws the training examples to use, then cuts the validation examples from those.
 * @throws {DatasetError} If there are not that many examples, or a part would be empty.
 */
export function divideDataset(source: SourceDataset, options: DivideOptions): Dataset {
  const { origin, ...rest } = source;
  const parts = divideExamples({ name: source.name, origin, count: source.train.count }, options);
  // All examples in their order need not be copied.
  const isWhole = parts.validation === null && options.trainExamples === undefined;
  const train = isWhole ? source.train : takeExamples(source.train, parts.train);
  const validation = parts.validation === null
    ? source.test
    : takeExamples(source.train, parts.validation);
  return { ...rest, train, validation, digest: digestOf([train, validation, source.test]) };
}

/**
 * The places of the training and validation examples: `trainExamples` of them, drawn by the seed.
 * @throws {DatasetError} If there are not that many examples, or a part would be empty.
 */
export function divideExamples(source: DivideSource, options: DivideOptions): Division {
  const used = limitExamples(source, options);
  const { seed, validation: fraction } = options;
  if (fraction === "test") return { train: used, validation: null };
  const { rest, cut } = cutExamples(used, { seed, fraction, label: "split", name: source.name });
  return { train: rest, validation: cut };
}

/** What to cut from examples. */
export interface CutOptions {
  /** The sweep's seed. */
  readonly seed: number;
  /** The share to cut. */
  readonly fraction: number;
  /** Names the randomness: `split` cuts validation examples, `test` cuts test examples. */
  readonly label: "split" | "test";
  /** The dataset's name, for messages. */
  readonly name: string;
}

/**
 * Cuts a share of some examples, drawn by the seed.
 * @throws {DatasetError} If a part would be empty.
 */
export function cutExamples(
  examples: Uint32Array,
  { seed, fraction, label, name }: CutOptions,
): { readonly rest: Uint32Array; readonly cut: Uint32Array } {
  const held = Math.round(examples.length * fraction);
  if (!(held >= 1 && held < examples.length)) {
    const purpose = label === "split" ? "for validation" : "to test with";
    throw new DatasetError(
      `Cannot keep back a share of ${fraction} of ${examples.length} examples of ${name} ` +
        `${purpose}: both parts must have at least one example`,
    );
  }
  const order = permutation(createRng(seed, label), examples.length);
  const drawn = order.map((position) => examples[position] ?? 0);
  return { rest: drawn.subarray(held), cut: drawn.subarray(0, held) };
}

/** The numbers 0 … count − 1. */
export function allExamples(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}

function limitExamples(
  { name, origin, count }: DivideSource,
  { seed, trainExamples }: DivideOptions,
): Uint32Array {
  if (trainExamples === undefined) return allExamples(count);
  if (!Number.isInteger(trainExamples) || trainExamples < 1 || trainExamples > count) {
    throw new DatasetError(
      `Cannot use ${trainExamples} training examples of ${name}: ` +
        `it must be an integer in [1, ${count}], as "${origin}" has ${count}`,
    );
  }
  return permutation(createRng(seed, "subset"), count).subarray(0, trainExamples);
}

/** SHA-256 over everything that training and scoring see, in hex. */
export function digestOf(splits: readonly Split[]): string {
  const hash = createHash("sha256");
  for (const { count, features, inputs, targets } of splits) {
    // The sizes separate the parts: moving an example between splits changes the digest.
    hash.update(`${count} ${features} ${inputs.kind} ${targets.kind}\n`)
      .update(bytesOf(inputs.kind === "bytes" ? inputs.bytes : inputs.values))
      .update(bytesOf(targets.kind === "classes" ? targets.labels : targets.values));
  }
  return hash.digest("hex");
}

/** The numbers as they lie in memory: every platform that Deno runs on is little-endian. */
function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
