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

/**
 * Draws the training examples to use, then cuts the validation examples from those.
 * @throws {DatasetError} If there are not that many examples, or a part would be empty.
 */
export function divideDataset(source: SourceDataset, options: DivideOptions): Dataset {
  const { origin: _, ...rest } = source;
  const used = limitExamples(source, options);
  const { train, validation } = options.validation === "test"
    ? { train: used, validation: source.test }
    : cutValidation(source.name, used, { seed: options.seed, fraction: options.validation });
  const digest = digestOf([train, validation, source.test]);
  return { ...rest, train, validation, digest };
}

function limitExamples(source: SourceDataset, { seed, trainExamples }: DivideOptions): Split {
  const { train } = source;
  if (trainExamples === undefined) return train;
  if (!Number.isInteger(trainExamples) || trainExamples < 1 || trainExamples > train.count) {
    throw new DatasetError(
      `Cannot use ${trainExamples} training examples of ${source.name}: ` +
        `it must be an integer in [1, ${train.count}], as "${source.origin}" has ${train.count}`,
    );
  }
  const order = permutation(createRng(seed, "subset"), train.count);
  return takeExamples(train, order.subarray(0, trainExamples));
}

function cutValidation(
  name: string,
  used: Split,
  { seed, fraction }: { seed: number; fraction: number },
): { train: Split; validation: Split } {
  const held = Math.round(used.count * fraction);
  if (!(held >= 1 && held < used.count)) {
    throw new DatasetError(
      `Cannot keep back a share of ${fraction} of ${used.count} examples of ${name} ` +
        `for validation: both parts must have at least one example`,
    );
  }
  const order = permutation(createRng(seed, "split"), used.count);
  return {
    train: takeExamples(used, order.subarray(held)),
    validation: takeExamples(used, order.subarray(0, held)),
  };
}

function digestOf(splits: readonly Split[]): string {
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
