/** What tests of datasets share: made-up records, looks into splits, where real images may lie. */
import assert from "node:assert/strict";
import { RECORD_BYTES } from "./cifar100_records.ts";
import type { Split } from "./dataset.ts";
import { fromFileUrl } from "./files.ts";

/** Records of these fine classes; every pixel of a record is the record's number. */
export function cifarRecords(labels: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(labels.length * RECORD_BYTES);
  for (const [record, label] of labels.entries()) {
    bytes.fill(record, record * RECORD_BYTES, (record + 1) * RECORD_BYTES);
    bytes[record * RECORD_BYTES + 1] = label;
  }
  return bytes;
}

/** An IDX file of unsigned bytes with these dimensions. */
export function idxBytes(shape: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 | shape.length);
  shape.forEach((length, i) => view.setUint32(4 + 4 * i, length));
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

/** The folder that may hold `cifar-100-binary/`: `TRAWL_DATA_DIR`, or beside the checkout. */
export function realDataDir(): string {
  return Deno.env.get("TRAWL_DATA_DIR") ??
    fromFileUrl(new URL("../../../shared/data", import.meta.url));
}

/** The bytes of a split of bytes. */
export function bytesOf({ inputs }: Split): Uint8Array {
  assert(inputs.kind === "bytes");
  return inputs.bytes;
}

/** The numbers of a split of floats. */
export function floatsOf({ inputs }: Split): Float32Array {
  assert(inputs.kind === "floats");
  return inputs.values;
}

/** The classes of a split that has them. */
export function labelsOf({ targets }: Split): Uint16Array {
  assert(targets.kind === "classes");
  return targets.labels;
}

/** The values of a split that has them. */
export function valuesOf({ targets }: Split): Float32Array {
  assert(targets.kind === "values");
  return targets.values;
}
