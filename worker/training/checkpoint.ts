/**
 * Checkpoints of a pack as one file in the safetensors format, which any framework can open:
 *
 *     8 bytes   length N of the header, little-endian
 *     N bytes   header, JSON: name → { dtype: "F32", shape, data_offsets }, and `__metadata__`
 *     the rest  the numbers, little-endian float32, without gaps, in the order of the header
 *
 * Tensors are `trial17/layer0/weights` [inputs, outputs] and `trial17/layer0/bias` [outputs], and of
 * the same shapes what the optimizer remembers of them, `trial17/layer0/weights/velocity`;
 * `__metadata__` has the format's name and, for each trial, `trial17` → `{"epoch":3,"step":36}`.
 * What is decoded may come from anywhere: each size is checked before anything is allocated by it.
 */
import { z } from "zod";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { type Epoch, epoch } from "../../core/domain/units.ts";
import { type HostLayer, shapeOf } from "./layer.ts";
import type { SlotName } from "./optimizers/optimizer.ts";
import type { LaneCheckpoint } from "./pack.ts";

const FORMAT = "trawl-checkpoint-1";
const LENGTH_BYTES = 8;
/** The limit of the format's own reference implementation. */
const LONGEST_HEADER = 100_000_000;

/** Bytes that are no checkpoint of ours; the message says where they stop being one. */
export class CheckpointError extends Error {
  /** Constant, so that it survives minifiers and subclasses. */
  override readonly name = "CheckpointError";
}

/** The lanes' checkpoints as the bytes of one file. */
export function encodeCheckpoint(lanes: readonly LaneCheckpoint[]): Uint8Array<ArrayBuffer> {
  const metadata: Record<string, string> = { format: FORMAT };
  const header: Record<string, unknown> = { "__metadata__": metadata };
  const parts: Float32Array[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[], values: Float32Array): void => {
    const end = offset + values.byteLength;
    header[name] = { dtype: "F32", shape, "data_offsets": [offset, end] };
    parts.push(values);
    offset = end;
  };
  for (const lane of lanes) {
    metadata[`trial${lane.trial}`] = JSON.stringify({ epoch: lane.epoch, step: lane.step });
    for (const [slot, layers] of [["", lane.layers] as const, ...Object.entries(lane.slots)]) {
      const suffix = slot === "" ? "" : `/${slot}`;
      for (const [index, { inputs, outputs, weights, bias }] of layers.entries()) {
        add(`trial${lane.trial}/layer${index}/weights${suffix}`, [inputs, outputs], weights);
        add(`trial${lane.trial}/layer${index}/bias${suffix}`, [outputs], bias);
      }
    }
  }
  return join(JSON.stringify(header), parts, offset);
}

function join(json: string, parts: readonly Float32Array[], size: number): Uint8Array<ArrayBuffer> {
  // Spaces up to a multiple of 8 keep the numbers aligned, as the format recommends.
  const header = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const bytes = new Uint8Array(LENGTH_BYTES + header.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  let position = LENGTH_BYTES + header.length;
  for (const part of parts) {
    // Every platform that Deno runs on is little-endian, as the format is.
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), position);
    position += part.byteLength;
  }
  return bytes;
}

/**
 * The lanes in a file made by `encodeCheckpoint`.
 * @throws {CheckpointError} If the bytes are anything else, or were cut or changed in structure.
 */
export function decodeCheckpoint(bytes: Uint8Array): readonly LaneCheckpoint[] {
  const { metadata, tensors, data } = splitFile(bytes);
  const lanes = new Map<TrialId, Map<SlotName | null, Layers>>();
  for (const tensor of tensors) {
    const { trial, layer, part, slot } = parseName(tensor.name);
    const slots = lanes.get(trial) ?? new Map<SlotName | null, Layers>();
    lanes.set(trial, slots);
    const layers: Layers = slots.get(slot) ?? new Map();
    slots.set(slot, layers);
    layers.set(layer, { ...layers.get(layer), [part]: tensor });
  }
  const noted = Object.keys(metadata).length - 1;
  if (noted !== lanes.size) {
    throw malformed(`it notes ${noted} trials and has the tensors of ${lanes.size}`);
  }
  return [...lanes].map(([trial, slots]) => ({
    trial,
    ...parseProgress(trial, metadata[`trial${trial}`]),
    ...parseSlots(trial, slots, data),
  }));
}

/* ---- the file ---- */

const headerSchema = z.record(
  z.string(),
  z.strictObject({
    dtype: z.literal("F32"),
    shape: z.array(z.int().min(1)).min(1).max(2),
    "data_offsets": z.tuple([z.int().min(0), z.int().min(0)]),
  }),
);
const metadataSchema = z.record(z.string(), z.string());

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

interface File {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly Tensor[];
  readonly data: Uint8Array;
}

function splitFile(bytes: Uint8Array): File {
  if (bytes.length < LENGTH_BYTES) throw malformed(`it has only ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(LONGEST_HEADER, bytes.length - LENGTH_BYTES))) {
    throw malformed(`its header is said to have ${length} bytes, more than there are`);
  }
  const dataStart = LENGTH_BYTES + Number(length);
  const { __metadata__: rawMetadata, ...rawTensors } = parseJson(
    bytes.subarray(LENGTH_BYTES, dataStart),
  );
  const metadata = metadataSchema.safeParse(rawMetadata);
  if (!metadata.success || metadata.data["format"] !== FORMAT) {
    throw malformed(`its format is not "${FORMAT}"`);
  }
  const header = headerSchema.safeParse(rawTensors);
  if (!header.success) throw malformed("its header does not describe float32 tensors");
  const data = bytes.subarray(dataStart);
  return { metadata: metadata.data, tensors: locateTensors(header.data, data.length), data };
}

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return z.record(z.string(), z.unknown()).parse(value);
  } catch (error) {
    throw malformed("its header is not a JSON object", error);
  }
}

/** Every byte of the data must belong to exactly one tensor. */
function locateTensors(header: z.infer<typeof headerSchema>, dataBytes: number): readonly Tensor[] {
  const tensors = Object.entries(header).map(([name, { shape, ...rest }]): Tensor => {
    const [start, end] = rest["data_offsets"];
    const due = shape.reduce((n, d) => n * d, 1) * Float32Array.BYTES_PER_ELEMENT;
    if (end - start !== due) {
      throw malformed(`tensor "${name}" has ${end - start} bytes; its shape says ${due}`);
    }
    return { name, shape, start, end };
  }).sort((a, b) => a.start - b.start);
  let covered = 0;
  for (const { name, start, end } of tensors) {
    if (start !== covered) throw malformed(`tensor "${name}" begins at ${start}, not ${covered}`);
    covered = end;
  }
  if (covered !== dataBytes) {
    throw malformed(`it has ${dataBytes} bytes of numbers; its header says ${covered}`);
  }
  return tensors;
}

/* ---- its meaning ---- */

type Part = "weights" | "bias";
type Layers = Map<number, Partial<Record<Part, Tensor>>>;

const NAME_REGEXP =
  /^trial(0|[1-9]\d{0,14})\/layer(0|[1-9]\d{0,3})\/(weights|bias)(?:\/([a-z_]{1,32}))?$/;
const SLOTS: readonly SlotName[] = ["velocity", "first_moment", "second_moment"];

interface TensorName {
  readonly trial: TrialId;
  readonly layer: number;
  readonly part: Part;
  readonly slot: SlotName | null;
}

function parseName(name: string): TensorName {
  const [, trial, layer, part, slotName] = NAME_REGEXP.exec(name) ?? [];
  const slot = SLOTS.find((each) => each === slotName) ?? null;
  const isKnown = (part === "weights" || part === "bias") && (slotName ?? null) === slot;
  if (!isKnown) throw malformed(`it has a tensor "${name.slice(0, 80)}"`);
  return { trial: parseTrialId(Number(trial)), layer: Number(layer), part, slot };
}

/** The network and, of the very same shapes, what an optimizer remembers of it. */
function parseSlots(
  trial: TrialId,
  slots: ReadonlyMap<SlotName | null, Layers>,
  data: Uint8Array,
): Pick<LaneCheckpoint, "layers" | "slots"> {
  const layers = parseLayers(trial, slots.get(null) ?? new Map(), data);
  const shape = shapeOf(layers);
  const remembered: Partial<Record<SlotName, readonly HostLayer[]>> = {};
  for (const [slot, tensors] of slots) {
    if (slot === null) continue;
    const found = parseLayers(trial, tensors, data);
    if (shapeOf(found) !== shape) {
      throw malformed(`the shapes of the ${slot} of trial ${trial} are not those of its layers`);
    }
    remembered[slot] = found;
  }
  return { layers, slots: remembered };
}

const progressSchema = z.strictObject({ epoch: z.int().min(0), step: z.int().min(0) });

function parseProgress(trial: TrialId, text: string | undefined): { epoch: Epoch; step: number } {
  try {
    const progress = progressSchema.parse(JSON.parse(text ?? ""));
    return { epoch: epoch(progress.epoch), step: progress.step };
  } catch (error) {
    throw malformed(`it does not say how far trial ${trial} is`, error);
  }
}

function parseLayers(
  trial: TrialId,
  layers: ReadonlyMap<number, Partial<Record<Part, Tensor>>>,
  data: Uint8Array,
): readonly HostLayer[] {
  let inputs: number | undefined;
  return Array.from({ length: layers.size }, (_, index): HostLayer => {
    const { weights, bias } = layers.get(index) ?? {};
    if (weights === undefined || bias === undefined) {
      throw malformed(`trial ${trial} lacks a part of layer ${index}`);
    }
    const [rows, columns] = weights.shape;
    const fits = weights.shape.length === 2 && bias.shape.length === 1 &&
      bias.shape[0] === columns && (inputs === undefined || inputs === rows);
    if (!fits || rows === undefined || columns === undefined) {
      throw malformed(`the shapes of layer ${index} of trial ${trial} do not fit`);
    }
    inputs = columns;
    const [w, b] = [numbersOf(weights, data), numbersOf(bias, data)];
    return { inputs: rows, outputs: columns, weights: w, bias: b };
  });
}

function numbersOf({ start, end }: Tensor, data: Uint8Array): Float32Array {
  // A copy: the numbers in the file need not lie where a Float32Array may begin.
  return new Float32Array(data.slice(start, end).buffer);
}

function malformed(state: string, cause?: unknown): CheckpointError {
  return new CheckpointError(`Cannot read checkpoint: ${state}`, { cause });
}
