/**
 * Checkpoints of a pack as one safetensors file. Tensors are `trial17/layer0/weights` [inputs,
 * outputs] and `trial17/layer0/bias` [outputs]; of the same shapes what the optimizer remembers of
 * them, `trial17/layer0/weights/velocity`; and the curves that were fitted on the way, or the surfaces
 * row by row, `trial17/curve40` [places] after epoch 40. The metadata have the format's name and, for each trial,
 * `trial17` → `{"epoch":3,"step":36}`. What is decoded may come from anywhere.
 */
import { z } from "zod";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { type Epoch, epoch } from "../../core/domain/units.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  SafetensorsError,
  type SafetensorsFile,
} from "../../core/protocol/safetensors.ts";

import type { PictureSnapshot } from "./picture_snapshots.ts";
import { type HostLayer, shapeOf } from "./layer.ts";
import type { SlotName } from "./optimizers/optimizer.ts";
import type { LaneCheckpoint } from "./pack.ts";

const FORMAT = "trawl-checkpoint-1";

/** Bytes that are no checkpoint of ours; the message says where they stop being one. */
export class CheckpointError extends Error {
  /** Constant, so that it survives minifiers and subclasses. */
  override readonly name = "CheckpointError";
}

/** The lanes' checkpoints as the bytes of one file. */
export function encodeCheckpoint(lanes: readonly LaneCheckpoint[]): Uint8Array<ArrayBuffer> {
  const metadata: Record<string, string> = { format: FORMAT };
  const tensors: NamedTensor[] = [];
  for (const lane of lanes) {
    const trial = `trial${lane.trial}`;
    metadata[trial] = JSON.stringify({ epoch: lane.epoch, step: lane.step });
    for (const [slot, layers] of [["", lane.layers] as const, ...Object.entries(lane.slots)]) {
      const suffix = slot === "" ? "" : `/${slot}`;
      for (const [index, { inputs, outputs, weights, bias }] of layers.entries()) {
        const shape = [inputs, outputs];
        tensors.push({ name: `${trial}/layer${index}/weights${suffix}`, shape, values: weights });
        tensors.push({
          name: `${trial}/layer${index}/bias${suffix}`,
          shape: [outputs],
          values: bias,
        });
      }
    }
    for (const { epoch: at, y } of lane.curves ?? []) {
      tensors.push({ name: `${trial}/curve${at}`, shape: [y.length], values: y });
    }
  }
  return encodeSafetensors({ metadata, tensors });
}

/**
 * The lanes in a file made by `encodeCheckpoint`.
 * @throws {CheckpointError} If the bytes are anything else, or were cut or changed in structure.
 */
export function decodeCheckpoint(bytes: Uint8Array): readonly LaneCheckpoint[] {
  const { metadata, tensors } = splitFile(bytes);
  const lanes = new Map<TrialId, Map<SlotName | null, Layers>>();
  const curves = new Map<TrialId, PictureSnapshot[]>();
  for (const tensor of tensors) {
    const curve = parseCurve(tensor);
    if (curve !== null) {
      curves.set(curve.trial, [...curves.get(curve.trial) ?? [], curve.snapshot]);
      continue;
    }
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
  const stray = [...curves.keys()].find((trial) => !lanes.has(trial));
  if (stray !== undefined) throw malformed(`it has a curve of trial ${stray} and not its layers`);
  return [...lanes].map(([trial, slots]) => ({
    trial,
    ...parseProgress(trial, metadata[`trial${trial}`]),
    ...parseSlots(trial, slots),
    ...(curves.has(trial) ? { curves: curves.get(trial) ?? [] } : {}),
  }));
}

function splitFile(bytes: Uint8Array): SafetensorsFile {
  const file = readFile(bytes);
  if (file.metadata["format"] !== FORMAT) throw malformed(`its format is not "${FORMAT}"`);
  return file;
}

function readFile(bytes: Uint8Array): SafetensorsFile {
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw malformed(error.state, error);
  }
}

/* ---- its meaning ---- */

type Part = "weights" | "bias";
type Layers = Map<number, Partial<Record<Part, NamedTensor>>>;

const CURVE_REGEXP = /^trial(0|[1-9]\d{0,14})\/curve([1-9]\d{0,9})$/;

/** A curve that was fitted on the way; null if the tensor is of another kind. */
function parseCurve(
  { name, shape, values }: NamedTensor,
): { readonly trial: TrialId; readonly snapshot: PictureSnapshot } | null {
  const [, trial, at] = CURVE_REGEXP.exec(name) ?? [];
  if (trial === undefined || shape.length !== 1) return null;
  return { trial: parseTrialId(Number(trial)), snapshot: { epoch: epoch(Number(at)), y: values } };
}

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
): Pick<LaneCheckpoint, "layers" | "slots"> {
  const layers = parseLayers(trial, slots.get(null) ?? new Map());
  const shape = shapeOf(layers);
  const remembered: Partial<Record<SlotName, readonly HostLayer[]>> = {};
  for (const [slot, tensors] of slots) {
    if (slot === null) continue;
    const found = parseLayers(trial, tensors);
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
  layers: ReadonlyMap<number, Partial<Record<Part, NamedTensor>>>,
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
    return { inputs: rows, outputs: columns, weights: weights.values, bias: bias.values };
  });
}

function malformed(state: string, cause?: unknown): CheckpointError {
  return new CheckpointError(`Cannot read checkpoint: ${state}`, { cause });
}
