/** CIFAR-100 restricted to some of its fine classes (Krizhevsky, 2009). */
import {
  type CifarRecords,
  FINE_CLASSES,
  parseCifarRecords,
  PIXEL_BYTES,
} from "./cifar100_records.ts";
import { DatasetError, type SourceDataset, type Split } from "./dataset.ts";
import { isFile, readDatasetFile } from "./files.ts";
import { createNormalisation, type PlaneStatistics } from "./normalisation.ts";

/** Which part of CIFAR-100 to read, and from where. */
export interface Cifar100Options {
  /** The folder that holds `train.bin` and `test.bin`. */
  readonly dir: string;
  /** The fine classes; the label of an example is its class's place in this list. */
  readonly classes: readonly number[];
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
}

const SIDE = 32;
const PLANES: readonly PlaneStatistics[] = [
  { mean: 0.5074, std: 0.2011 },
  { mean: 0.4867, std: 0.1987 },
  { mean: 0.4411, std: 0.2025 },
];
const NAMES_FILE = "fine_label_names.txt";

/**
 * Reads the training and test images of the given classes, in the order of the files.
 * @throws {DatasetError} If a file is damaged, or a class is unknown, repeated or absent from it.
 */
export async function readCifar100(options: Cifar100Options): Promise<SourceDataset> {
  const { dir, classes, signal } = options;
  checkClasses(classes);
  // One after the other: of two damaged files, the same one is always complained of.
  const train = await readSplit(`${dir}/train.bin`, classes, signal);
  const test = await readSplit(`${dir}/test.bin`, classes, signal);
  const names = await readClassNames(dir, signal);
  return {
    name: "cifar100",
    origin: dir,
    kind: "classification",
    outputs: classes.length,
    classes: classes.map((fine) => names[fine] ?? `class ${fine}`),
    features: PIXEL_BYTES,
    normalisation: createNormalisation(PLANES),
    modelInputs: { kind: "image", width: SIDE, height: SIDE, planes: PLANES },
    train,
    test,
  };
}

function checkClasses(classes: readonly number[]): void {
  if (classes.length < 2) {
    throw new DatasetError(
      `Cannot classify CIFAR-100 into ${classes.length} classes: there must be at least 2`,
    );
  }
  for (const [position, fine] of classes.entries()) {
    if (!Number.isInteger(fine) || fine < 0 || fine >= FINE_CLASSES) {
      throw new DatasetError(
        `Cannot use class ${fine} of CIFAR-100: it must be an integer in [0, ${FINE_CLASSES})`,
      );
    }
    if (classes.indexOf(fine) !== position) {
      throw new DatasetError(`Cannot use class ${fine} of CIFAR-100 twice: name each class once`);
    }
  }
}

async function readSplit(
  file: string,
  classes: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Split> {
  const records = parseCifarRecords(await readDatasetFile(file, signal), { file });
  return selectClasses(records, { classes, file });
}

function selectClasses(
  records: CifarRecords,
  { classes, file }: { classes: readonly number[]; file: string },
): Split {
  const indices = Array.from({ length: records.count }, (_, i) => i);
  const present = new Set(indices.map(records.fineLabel));
  const missing = classes.find((fine) => !present.has(fine));
  if (missing !== undefined) {
    const list = [...present].sort((a, b) => a - b).join(", ");
    throw new DatasetError(
      `Cannot find class ${missing} in "${file}": the file has the classes ${list}`,
    );
  }
  const labelOf = new Map(classes.map((fine, label) => [fine, label]));
  const chosen = indices.filter((record) => labelOf.has(records.fineLabel(record)));
  const bytes = new Uint8Array(chosen.length * PIXEL_BYTES);
  const labels = new Uint16Array(chosen.length);
  for (const [position, record] of chosen.entries()) {
    bytes.set(records.pixels(record), position * PIXEL_BYTES);
    labels[position] = labelOf.get(records.fineLabel(record)) ?? 0;
  }
  return {
    count: chosen.length,
    features: PIXEL_BYTES,
    inputs: { kind: "bytes", bytes },
    targets: { kind: "classes", labels },
  };
}

/** The names of all fine classes, or none where the folder has no list of them. */
async function readClassNames(dir: string, signal?: AbortSignal): Promise<readonly string[]> {
  const file = `${dir}/${NAMES_FILE}`;
  if (!await isFile(file)) return [];
  const text = new TextDecoder().decode(await readDatasetFile(file, signal));
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
