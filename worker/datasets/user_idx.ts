/** Images and labels of the user in IDX files, the format of MNIST and its many successors. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import type { IdxTask } from "../../core/domain/sweep_spec.ts";
import { DatasetError, type SourceDataset, type Split, takeExamples } from "./dataset.ts";
import { allExamples, cutExamples } from "./divide.ts";
import { locateUserFile, type UserFileOptions } from "./files.ts";
import { type IdxSplit, readIdxSplit } from "./idx_split.ts";
import { createNormalisation, type PlaneStatistics } from "./normalisation.ts";

/** Where to read from, and what to cut. */
export interface UserIdxOptions {
  /** The sweep's seed. */
  readonly seed: number;
  /** The folder that was named with `--data-dir`, or undefined. */
  readonly dataDir: string | undefined;
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the user's images; there are as many classes as the largest label says.
 * @throws {DatasetError} If a file is missing, damaged or does not fit the others.
 */
export async function readUserIdx(
  task: IdxTask,
  { seed, dataDir, signal }: UserIdxOptions,
): Promise<SourceDataset> {
  const places: UserFileOptions = { folder: task.folder, dataDir };
  const read = async (images: string, labels: string): Promise<IdxSplit> => {
    const files = {
      images: await locateUserFile(images, places),
      labels: await locateUserFile(labels, places),
    };
    return await readIdxSplit(files, signal);
  };
  const own = await read(task.images, task.labels);
  const tests = task.test.kind === "files" ? await read(task.test.images, task.test.labels) : null;
  if (tests !== null && tests.shape.join() !== own.shape.join()) {
    throw new DatasetError(
      `Cannot test "${task.images}" with other images: they have ${tests.shape.join(" × ")} ` +
        `bytes each; they must have ${own.shape.join(" × ")}`,
    );
  }
  const classes = Math.max(own.classes, tests?.classes ?? 0);
  if (classes < 2) {
    throw new DatasetError(
      `Cannot classify "${task.labels}": every label is 0; there must be at least 2 classes`,
    );
  }
  const { train, test } = tests === null
    ? cutTest(own.split, { seed, task })
    : { train: own.split, test: tests.split };
  const scale = scaleOf(train, task.images);
  return {
    name: "idx",
    origin: task.images,
    kind: "classification",
    classes: Array.from({ length: classes }, (_, label) => String(label)),
    outputs: classes,
    features: train.features,
    normalisation: createNormalisation([scale]),
    modelInputs: modelInputsOf(own.shape, scale),
    train,
    test,
  };
}

function cutTest(
  split: Split,
  { seed, task }: { readonly seed: number; readonly task: IdxTask },
): { readonly train: Split; readonly test: Split } {
  const fraction = task.test.kind === "cut" ? task.test.fraction : 0;
  const parts = cutExamples(allExamples(split.count), {
    seed,
    fraction,
    label: "test",
    name: "idx",
  });
  return { train: takeExamples(split, parts.rest), test: takeExamples(split, parts.cut) };
}

/** One mean and one deviation for all pixels of the training images, as is usual for grey ones. */
function scaleOf({ inputs }: Split, file: string): PlaneStatistics {
  const bytes = inputs.kind === "bytes" ? inputs.bytes : new Uint8Array();
  const counts = new Float64Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  const momentOf = (of: (brightness: number) => number): number =>
    counts.reduce((sum, count, byte) => sum + count * of(byte / 255), 0) / bytes.length;
  const mean = momentOf((brightness) => brightness);
  const std = Math.sqrt(momentOf((brightness) => (brightness - mean) ** 2));
  if (!(std > 0)) {
    throw new DatasetError(`Cannot learn from "${file}": all its bytes are equal`);
  }
  return { mean, std };
}

/** Rows and columns, or three planes of them, are an image; other bytes are columns of a table. */
function modelInputsOf(shape: readonly number[], scale: PlaneStatistics): ModelInputs {
  const [height = 1, width = 1] = shape.slice(-2);
  if (shape.length === 2) return { kind: "image", width, height, planes: [scale] };
  if (shape.length === 3 && shape[0] === 3) {
    return { kind: "image", width, height, planes: [scale, scale, scale] };
  }
  const count = shape.reduce((product, length) => product * length, 1);
  const ofByte = { mean: 255 * scale.mean, std: 255 * scale.std };
  const columns = Array.from({ length: count }, (_, i) => ({
    name: `byte${i}`,
    scale: ofByte,
    category: null,
  }));
  return { kind: "columns", columns };
}
