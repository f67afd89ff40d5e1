/** What tests of datasets share: made-up CIFAR records, and where real images may lie. */
import { RECORD_BYTES } from "./cifar100_records.ts";
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

/** The folder that may hold `cifar-100-binary/`: `TRAWL_DATA_DIR`, or beside the checkout. */
export function realDataDir(): string {
  return Deno.env.get("TRAWL_DATA_DIR") ??
    fromFileUrl(new URL("../../../shared/data", import.meta.url));
}
