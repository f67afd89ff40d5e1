/** PNG and JPEG files as pixels. */
import { convertIndexedToRgb, decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import { UserError } from "../exit_code.ts";
import type { Pixels } from "./pixels.ts";

/** A side of an image at most: what is beyond is no picture of an example. */
const LONGEST_SIDE = 8192;
const MOST_MEGAPIXELS = 40;
const PNG_SIGNATURE = "89504e470d0a1a0a";
const JPEG_SIGNATURE = "ffd8ff";

/** The kinds of files that are told apart by how they begin. */
export type FileKind = "png" | "jpeg" | "other";

/** What a file is. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes.subarray(0, 8).toHex() === PNG_SIGNATURE) return "png";
  return bytes.subarray(0, 3).toHex() === JPEG_SIGNATURE ? "jpeg" : "other";
}

/**
 * The image in a file. Transparent pixels are shown on white, as viewers do; of 16 bits a colour the
 * upper 8 are used.
 * @throws {UserError} With the file's name, if it is no such image, or a huge one.
 */
export function readImage(bytes: Uint8Array, { file }: { readonly file: string }): Pixels {
  const kind = fileKind(bytes);
  if (kind === "other") {
    throw new UserError(`Cannot read image "${file}": it must be a PNG or a JPEG file`);
  }
  try {
    return kind === "png" ? fromPng(bytes) : fromJpeg(bytes);
  } catch (cause) {
    const state = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Cannot read image "${file}": ${state}`, { cause });
  }
}

function fromPng(bytes: Uint8Array): Pixels {
  // The size is in the first chunk: looked at before anything is unpacked.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  assertSize(view.getUint32(16), view.getUint32(20));
  const png = decodePng(bytes);
  const { width, height } = png;
  const data = png.palette === undefined ? png.data : convertIndexedToRgb(png);
  const channels = data.length / (width * height);
  const shift = png.palette === undefined && png.depth === 16 ? 8 : 0;
  // Grey of fewer than 8 bits is packed: several pixels in a byte.
  if (png.palette === undefined && png.depth < 8) {
    return {
      width,
      height,
      channels: 1,
      data: unpacked(png.data, { width, height, depth: png.depth }),
    };
  }
  return onWhite({ width, height, channels, data: Uint8Array.from(data, (v) => v >> shift) });
}

function unpacked(
  data: ArrayLike<number>,
  { width, height, depth }: {
    readonly width: number;
    readonly height: number;
    readonly depth: number;
  },
): Uint8Array {
  const perByte = 8 / depth;
  const stride = Math.ceil(width / perByte);
  const most = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const byte = data[y * stride + Math.floor(x / perByte)] ?? 0;
    const value = byte >> (8 - depth * (1 + x % perByte)) & most;
    return Math.round(value * 255 / most);
  });
}

function fromJpeg(bytes: Uint8Array): Pixels {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    maxResolutionInMP: MOST_MEGAPIXELS,
    maxMemoryUsageInMB: 1024,
  });
  assertSize(width, height);
  return { width, height, channels: 3, data };
}

function assertSize(width: number, height: number): void {
  const isFit = width >= 1 && height >= 1 && width <= LONGEST_SIDE && height <= LONGEST_SIDE &&
    width * height <= MOST_MEGAPIXELS * 1e6;
  if (isFit) return;
  throw new RangeError(
    `it is ${width} × ${height}; it must have at most ${MOST_MEGAPIXELS} million pixels, ` +
      `${LONGEST_SIDE} a side`,
  );
}

/** Pixels without their transparency. */
function onWhite(
  { width, height, channels, data }: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly data: Uint8Array;
  },
): Pixels {
  if (channels === 1 || channels === 3) return { width, height, channels, data };
  const colours = channels === 2 ? 1 : 3;
  const seen = Uint8Array.from({ length: width * height * colours }, (_, i) => {
    const at = Math.floor(i / colours) * channels;
    const alpha = (data[at + colours] ?? 255) / 255;
    return Math.round(alpha * (data[at + i % colours] ?? 0) + (1 - alpha) * 255);
  });
  return { width, height, channels: colours, data: seen };
}
