/** What a trainer is given: examples, their targets, and how a byte becomes a number. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import type { TaskKind } from "../../core/domain/task_kind.ts";
import type { Normalisation } from "./normalisation.ts";

/** What a network is shown of examples, `count × features` numbers, one example after the other. */
export type SplitInputs =
  /** As the file has them, a quarter of what floats would take; the normalisation turns them. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Ready to be used. */
  | { readonly kind: "floats"; readonly values: Float32Array };

/** What a network should say of examples, `count` numbers. */
export type SplitTargets =
  /** The class of each example, in [0, classes). */
  | { readonly kind: "classes"; readonly labels: Uint16Array }
  /** The number to predict for each example. */
  | { readonly kind: "values"; readonly values: Float32Array };

/** Examples with their targets. */
export interface Split {
  /** How many examples there are. */
  readonly count: number;
  /** How many features an example has. */
  readonly features: number;
  /** What is shown. */
  readonly inputs: SplitInputs;
  /** What is due: classes for classification and binary tasks, values for regression. */
  readonly targets: SplitTargets;
}

/** Data of a task, divided and ready to be trained on. */
export interface Dataset {
  /** The name that sweep files use: `mnist`, `xor`, `csv`. */
  readonly name: string;
  /** SHA-256, in hex, over the inputs and targets in use: equal digests mean equal data. */
  readonly digest: string;
  /** What is to be learned. */
  readonly kind: TaskKind;
  /** The classes' names; the label of an example is an index into them. None for regression. */
  readonly classes: readonly string[];
  /** Outputs of a network: one for each class; a single one for binary tasks and regression. */
  readonly outputs: number;
  /** How many features an example has. */
  readonly features: number;
  /** How a byte becomes a network's input; null where inputs are floats. */
  readonly normalisation: Normalisation | null;
  /** What weights are fitted to. */
  readonly train: Split;
  /** What is scored each epoch; the same object as `test` where the sweep file says so. */
  readonly validation: Split;
  /** What is scored once, at the end. */
  readonly test: Split;
  /** For generated data: what the targets of `test` would be without noise. */
  readonly noiseFree?: Float32Array;
  /** For a generated curve: the curve itself. */
  readonly truth?: (x: number) => number;
  /** For generated clusters: their centres, as examples. */
  readonly centres?: Split;
  /** How inputs come about, so that a network can be used elsewhere; absent where nobody knows. */
  readonly modelInputs?: ModelInputs;
  /** For standardised targets: a prediction p means `p * std + mean` in the file's own units. */
  readonly targetScale?: TargetScale;
}

/** The mean and standard deviation by which targets were standardised. */
export interface TargetScale {
  /** In the units of the file. */
  readonly mean: number;
  /** In the units of the file, > 0. */
  readonly std: number;
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
  const { count, features } = split;
  const stray = indices.find((index) => index >= count);
  if (stray !== undefined) {
    throw new RangeError(`Cannot take example ${stray}: the split has ${count}`);
  }
  return {
    count: indices.length,
    features,
    inputs: takeInputs(split, indices),
    targets: takeTargets(split.targets, indices),
  };
}

function takeInputs({ inputs, features }: Split, indices: Uint32Array): SplitInputs {
  const rows = { indices, columns: features };
  const size = indices.length * features;
  switch (inputs.kind) {
    case "bytes": {
      const bytes = new Uint8Array(size);
      copyRows(bytes, { ...rows, source: inputs.bytes });
      return { kind: "bytes", bytes };
    }
    case "floats": {
      const values = new Float32Array(size);
      copyRows(values, { ...rows, source: inputs.values });
      return { kind: "floats", values };
    }
    default:
      return inputs satisfies never;
  }
}

/** The targets at `indices`, in that order, copied. */
export function takeTargets(targets: SplitTargets, indices: Uint32Array): SplitTargets {
  switch (targets.kind) {
    case "classes": {
      const { labels } = targets;
      return { kind: "classes", labels: Uint16Array.from(indices, (index) => labels[index] ?? 0) };
    }
    case "values": {
      const { values } = targets;
      return { kind: "values", values: Float32Array.from(indices, (index) => values[index] ?? 0) };
    }
    default:
      return targets satisfies never;
  }
}

/** Writes the rows of `source` at `indices` into `target`, one after the other. */
export function copyRows<Row extends Uint8Array | Float32Array>(
  target: Row,
  { source, indices, columns }: {
    readonly source: Row;
    readonly indices: Uint32Array;
    readonly columns: number;
  },
): void {
  for (let row = 0; row < indices.length; row++) {
    const from = (indices[row] ?? 0) * columns;
    target.set(source.subarray(from, from + columns), row * columns);
  }
}
