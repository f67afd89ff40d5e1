/** A pair of IDX files, images and their labels, as examples. */
import { DatasetError, type Split } from "./dataset.ts";
import { readDatasetFile } from "./files.ts";
import { parseIdx } from "./idx.ts";

/** The paths of the pair. */
export interface IdxFiles {
  /** Bytes in two to four dimensions: examples first, then what an example has. */
  readonly images: string;
  /** Bytes in one dimension: a class for each example. */
  readonly labels: string;
}

/** The examples of a pair. */
export interface IdxSplit {
  readonly split: Split;
  /** The dimensions of an example: rows and columns. */
  readonly shape: readonly number[];
  /** One more than the largest label. */
  readonly classes: number;
}

const IMAGE_DIMENSIONS = 3;

/**
 * Reads a pair.
 * @throws {DatasetError} If a file is missing, truncated, empty or does not fit the other.
 */
export async function readIdxSplit(files: IdxFiles, signal?: AbortSignal): Promise<IdxSplit> {
  const imageBytes = await readDatasetFile(files.images, signal);
  const labelBytes = await readDatasetFile(files.labels, signal);
  const dimensions = dimensionsOf(imageBytes);
  const images = parseIdx(imageBytes, { file: files.images, dimensions });
  const { data: labels } = parseIdx(labelBytes, { file: files.labels, dimensions: 1 });
  const [count = 0, ...shape] = images.shape;
  const features = shape.reduce((product, length) => product * length, 1);
  if (count === 0 || features === 0) {
    throw new DatasetError(
      `Cannot read "${files.images}": it holds ${images.shape.join(" × ")} bytes; ` +
        `there must be at least one`,
    );
  }
  if (labels.length !== count) {
    throw new DatasetError(
      `Cannot pair "${files.labels}" with its images: it has ${labels.length} labels; ` +
        `it must have ${count}`,
    );
  }
  const split: Split = {
    count,
    features,
    inputs: { kind: "bytes", bytes: images.data },
    targets: { kind: "classes", labels: Uint16Array.from(labels) },
  };
  return { split, shape, classes: labels.reduce((most, label) => Math.max(most, label), 0) + 1 };
}

/** The dimensions that the file says it has, where images may have as many. */
function dimensionsOf(bytes: Uint8Array): number {
  const said = bytes[3] ?? 0;
  return said >= 2 && said <= 4 ? said : IMAGE_DIMENSIONS;
}
