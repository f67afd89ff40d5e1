/**
 * The safetensors format, which any framework can open, for float32 tensors of one or two dimensions:
 *
 *     8 bytes   length N of the header, little-endian
 *     N bytes   header, JSON: name → { dtype: "F32", shape, data_offsets }, and `__metadata__`
 *     the rest  the numbers, little-endian float32, without gaps, in the order of the header
 *
 * What is decoded may come from anywhere: each size is checked before anything is allocated by it.
 */
import { z } from "zod";

const LENGTH_BYTES = 8;
/** The limit of the format's own reference implementation. */
const LONGEST_HEADER = 100_000_000;

/** A tensor with its name. */
export interface NamedTensor {
  readonly name: string;
  /** Rows and columns, or the length. */
  readonly shape: readonly number[];
  /** As many as the shape says, row by row. */
  readonly values: Float32Array;
}

/** A file's contents. */
export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their numbers in the file. */
  readonly tensors: readonly NamedTensor[];
}

/** Bytes that are no file of this format; `state` says where they stop being one. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
  readonly state: string;

  constructor(state: string, options?: ErrorOptions) {
    super(`Cannot read safetensors: ${state}`, options);
    this.state = state;
  }
}

/** The file's bytes. */
export function encodeSafetensors({ metadata, tensors }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { "__metadata__": metadata };
  let size = 0;
  for (const { name, shape, values } of tensors) {
    const end = size + values.byteLength;
    header[name] = { dtype: "F32", shape, "data_offsets": [size, end] };
    size = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces up to a multiple of 8 keep the numbers aligned, as the format recommends.
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + length).set(text, LENGTH_BYTES);
  let position = LENGTH_BYTES + length;
  for (const { values } of tensors) {
    // Every platform that Deno runs on is little-endian, as the format is.
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return bytes;
}

/**
 * The contents of a file; the tensors are copies.
 * @throws {SafetensorsError} If the bytes are anything else, or were cut or changed in structure.
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length < LENGTH_BYTES) throw new SafetensorsError(`it has only ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(LONGEST_HEADER, bytes.length - LENGTH_BYTES))) {
    throw new SafetensorsError(`its header is said to have ${length} bytes, more than there are`);
  }
  const dataStart = LENGTH_BYTES + Number(length);
  const { __metadata__: rawMetadata = {}, ...rawTensors } = parseJson(
    bytes.subarray(LENGTH_BYTES, dataStart),
  );
  const metadata = metadataSchema.safeParse(rawMetadata);
  if (!metadata.success) throw new SafetensorsError("its metadata are no texts by name");
  const header = headerSchema.safeParse(rawTensors);
  if (!header.success) {
    throw new SafetensorsError("its header does not describe float32 tensors");
  }
  return { metadata: metadata.data, tensors: readTensors(header.data, bytes.subarray(dataStart)) };
}

const headerSchema = z.record(
  z.string(),
  z.strictObject({
    dtype: z.literal("F32"),
    shape: z.array(z.int().min(1)).min(1).max(2),
    "data_offsets": z.tuple([z.int().min(0), z.int().min(0)]),
  }),
);
const metadataSchema = z.record(z.string(), z.string());

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return z.record(z.string(), z.unknown()).parse(value);
  } catch (cause) {
    throw new SafetensorsError("its header is not a JSON object", { cause });
  }
}

/** Every byte of the data must belong to exactly one tensor. */
function readTensors(
  header: z.infer<typeof headerSchema>,
  data: Uint8Array,
): readonly NamedTensor[] {
  const places = Object.entries(header).map(([name, { shape, ...rest }]) => {
    const [start, end] = rest["data_offsets"];
    const due = shape.reduce((n, d) => n * d, 1) * Float32Array.BYTES_PER_ELEMENT;
    if (end - start !== due) {
      throw new SafetensorsError(
        `tensor "${name}" has ${end - start} bytes; its shape says ${due}`,
      );
    }
    return { name, shape, start, end };
  }).sort((a, b) => a.start - b.start);
  let covered = 0;
  for (const { name, start, end } of places) {
    if (start !== covered) {
      throw new SafetensorsError(`tensor "${name}" begins at ${start}, not ${covered}`);
    }
    covered = end;
  }
  if (covered !== data.length) {
    throw new SafetensorsError(
      `it has ${data.length} bytes of numbers; its header says ${covered}`,
    );
  }
  return places.map(({ name, shape, start, end }) => ({
    name,
    shape,
    // A copy: the numbers in the file need not lie where a Float32Array may begin.
    values: new Float32Array(data.slice(start, end).buffer),
  }));
}
