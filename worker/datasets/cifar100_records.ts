/** The binary format of CIFAR-100: records of a coarse label, a fine label and 3,072 pixel bytes. */
import { DatasetError } from "./dataset.ts";

/** Bytes of one record. */
export const RECORD_BYTES = 3074;
/** Pixel bytes of one record: the red, green and blue planes, 32 × 32 each, row by row. */
export const PIXEL_BYTES = 3072;
/** How many fine classes the format knows. */
export const FINE_CLASSES = 100;

/** The records of one file. */
export interface CifarRecords {
  /** How many records there are. */
  readonly count: number;
  /** The fine class of a record, in [0, 100). */
  readonly fineLabel: (record: number) => number;
  /** The pixels of a record: a view of 3,072 bytes. */
  readonly pixels: (record: number) => Uint8Array;
}

/**
 * Reads the bytes of `train.bin` or `test.bin`.
 * @throws {DatasetError} If the file is empty, is cut inside a record or has an unknown class.
 */
export function parseCifarRecords(bytes: Uint8Array, { file }: { file: string }): CifarRecords {
  const count = bytes.length / RECORD_BYTES;
  if (count === 0 || !Number.isInteger(count)) {
    throw new DatasetError(
      `Cannot read "${file}": it has ${bytes.length} bytes; ` +
        `it must have a positive multiple of ${RECORD_BYTES} (the size of a record)`,
    );
  }
  const fineLabel = (record: number): number => bytes[record * RECORD_BYTES + 1] ?? FINE_CLASSES;
  for (let record = 0; record < count; record++) {
    if (fineLabel(record) >= FINE_CLASSES) {
      throw new DatasetError(
        `Cannot read "${file}": record ${record} has fine class ${fineLabel(record)}; ` +
          `it must be below ${FINE_CLASSES}`,
      );
    }
  }
  return {
    count,
    fineLabel,
    pixels: (record) => bytes.subarray(record * RECORD_BYTES + 2, (record + 1) * RECORD_BYTES),
  };
}
