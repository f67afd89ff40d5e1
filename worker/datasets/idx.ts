/** The IDX format of LeCun, Cortes and Burges: two zero bytes, a type, the dimensions, the data. */
import { DatasetError } from "./dataset.ts";

/** An array of unsigned bytes with its dimensions. */
export interface IdxArray {
  /** The length of each dimension, outermost first. */
  readonly shape: readonly number[];
  /** The elements in row-major order: a view into the bytes that were parsed. */
  readonly data: Uint8Array;
}

/** What is expected of the file. */
export interface IdxOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** How many dimensions it must have: 3 for images, 1 for labels. */
  readonly dimensions: number;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Parses an IDX file of unsigned bytes.
 * @throws {DatasetError} If the magic number, the dimensions or the size are not what they must be.
 */
export function parseIdx(bytes: Uint8Array, { file, dimensions }: IdxOptions): IdxArray {
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw new DatasetError(
      `Cannot read "${file}": it has ${bytes.length} bytes; the header alone must have ${header}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = (UNSIGNED_BYTE << 8) | dimensions;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new DatasetError(
      `Cannot read "${file}": it is compressed; it must be unpacked (gunzip -k "${file}")`,
    );
  }
  if (magic !== expected) {
    throw new DatasetError(
      `Cannot read "${file}": its magic number is ${hex(magic)}; it must be ${hex(expected)} ` +
        `(IDX, unsigned bytes, ${dimensions} dimensions)`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = header + shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== size) {
    throw new DatasetError(
      `Cannot read "${file}": it has ${bytes.length} bytes; its header (${shape.join(" × ")}) ` +
        `says that it must have ${size}`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
