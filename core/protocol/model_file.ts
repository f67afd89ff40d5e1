/**
 * A stored model: safetensors with `layer0.weight` [inputs, outputs], `layer0.bias` [outputs] and so
 * on, and the model's card as JSON text in its metadata.
 */
import type { ModelCard } from "../domain/model_card.ts";
import { type Bytes, bytes } from "../domain/units.ts";
import { modelCardSchema } from "./model_card_schema.ts";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "./safetensors.ts";

/** The largest model that is stored, and read. */
export const MODEL_LIMIT: Bytes = bytes(2 ** 28);

/** A layer `h W + b`. */
export interface ModelLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs × outputs` numbers, the weights out of an input side by side. */
  readonly weights: Float32Array;
  /** `outputs` numbers. */
  readonly bias: Float32Array;
}

/** A model that can be used. */
export interface StoredModel {
  readonly card: ModelCard;
  /** Input side first; they fit `card.widths`. */
  readonly layers: readonly ModelLayer[];
}

/** Bytes that are no model of ours. */
export class ModelFileError extends Error {
  override readonly name = "ModelFileError";
}

/** The model's file. */
export function encodeModel({ card, layers }: StoredModel): Uint8Array<ArrayBuffer> {
  const tensors = layers.flatMap(({ inputs, outputs, weights, bias }, i): NamedTensor[] => [
    { name: `layer${i}.weight`, shape: [inputs, outputs], values: weights },
    { name: `layer${i}.bias`, shape: [outputs], values: bias },
  ]);
  return encodeSafetensors({ metadata: { card: JSON.stringify(card) }, tensors });
}

/**
 * The model in a file.
 * @throws {ModelFileError} If it is no model, or its layers do not fit its card.
 */
export function decodeModel(data: Uint8Array): StoredModel {
  try {
    const { metadata, tensors } = decodeSafetensors(data);
    const card = modelCardSchema.parse(JSON.parse(metadata["card"] ?? ""));
    return { card, layers: layersOf(card, tensors) };
  } catch (cause) {
    if (cause instanceof ModelFileError) throw cause;
    throw new ModelFileError("Cannot read model: it is no safetensors file with a model card", {
      cause,
    });
  }
}

function layersOf(
  { widths }: ModelCard,
  tensors: readonly NamedTensor[],
): readonly ModelLayer[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const layers = widths.slice(1).map((outputs, i): ModelLayer => {
    const inputs = widths[i] ?? 0;
    const weights = byName.get(`layer${i}.weight`);
    const bias = byName.get(`layer${i}.bias`);
    if (weights?.shape.join() !== `${inputs},${outputs}` || bias?.shape.join() !== `${outputs}`) {
      throw new ModelFileError(
        `Cannot read model: layer ${i} is not as its card says; it must be ${inputs} × ${outputs}`,
      );
    }
    return { inputs, outputs, weights: weights.values, bias: bias.values };
  });
  if (tensors.length === 2 * layers.length) return layers;
  throw new ModelFileError("Cannot read model: it has tensors that its card does not tell of");
}
