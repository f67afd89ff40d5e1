/** Raw images as PNG files, and as the data URIs by which a page holds them itself. */
import { zlibSync } from "fflate";
import type { RawImage } from "../../domain/trial_result.ts";

const SIGNATURE: readonly number[] = [137, 80, 78, 71, 13, 10, 26, 10];
/** Bits for each channel; colour types of PNG. */
const DEPTH = 8;
const COLOUR_TYPES: Readonly<Record<RawImage["channels"], number>> = { 1: 0, 3: 2 };

/**
 * The image as a PNG file (W3C Portable Network Graphics, third edition).
 * @throws {RangeError} If the data are not as many bytes as the size tells.
 */
export function encodePng(image: RawImage): Uint8Array<ArrayBuffer> {
  const { width, height, channels } = image;
  const pixels = Uint8Array.fromBase64(image.data);
  const stride = width * channels;
  if (pixels.length !== stride * height || pixels.length === 0) {
    throw new RangeError(
      `Cannot write an image of ${width} × ${height} × ${channels}: it must have ` +
        `${stride * height} bytes, and has ${pixels.length}`,
    );
  }
  const rows = new Uint8Array((stride + 1) * height);
  for (let row = 0; row < height; row++) {
    // Each row begins with its filter: 0, none.
    rows.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([DEPTH, COLOUR_TYPES[channels]], 8);
  return joined([
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** `data:image/png;base64,…`. @throws {RangeError} If the image contradicts itself. */
export function pngDataUri(image: RawImage): string {
  return `data:image/png;base64,${encodePng(image).toBase64()}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = joined([new TextEncoder().encode(type), data]);
  const bytes = new Uint8Array(typed.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(typed, 4);
  view.setUint32(typed.length + 4, crc32(typed));
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** The polynomial of PNG, ISO 3309, bits reversed. */
const POLYNOMIAL = 0xedb88320;
const CRC_TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? POLYNOMIAL ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
