/** A stored model in the format of TensorFlow.js layers: a sequence of dense layers. */
import type { ActivationName } from "../../core/domain/mlp_parameters.ts";
import type { ModelCard, PlaneScale } from "../../core/domain/model_card.ts";
import type { ModelLayer, StoredModel } from "../../core/views/trial_files.ts";

/** The two files of the format. */
export interface TfjsModel {
  /** `model.json`; the card is its user-defined metadata. */
  readonly json: string;
  /** `weights.bin`: float32, kernel before bias, layer by layer. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

const WEIGHTS_FILE = "weights.bin";

/**
 * The files. The network takes inputs as its card says; its outputs are probabilities, that of the
 * second class for binary tasks, and for regression the value in the units of the training data.
 */
export function tfjsModel({ card, layers }: StoredModel): TfjsModel {
  const own = layers.map((layer, i) =>
    i === layers.length - 1 && card.targetScale !== null ? rescaled(layer, card.targetScale) : layer
  );
  const json = JSON.stringify({
    format: "layers-model",
    generatedBy: "trawl",
    convertedBy: null,
    modelTopology: {
      class_name: "Sequential",
      config: {
        name: "trawl",
        layers: own.map((layer, i) => denseLayer(layer, { card, i })),
      },
      keras_version: "tfjs-layers 4.22.0",
      backend: "tensor_flow.js",
    },
    weightsManifest: [{
      paths: [WEIGHTS_FILE],
      weights: own.flatMap(({ inputs, outputs }, i) => [
        { name: `dense_${i}/kernel`, shape: [inputs, outputs], dtype: "float32" },
        { name: `dense_${i}/bias`, shape: [outputs], dtype: "float32" },
      ]),
    }],
    userDefinedMetadata: { card },
  });
  return { json, weights: joined(own.flatMap(({ weights, bias }) => [weights, bias])) };
}

function denseLayer(
  { inputs, outputs }: ModelLayer,
  { card, i }: { readonly card: ModelCard; readonly i: number },
): unknown {
  const isLast = i === card.widths.length - 2;
  const config = {
    name: `dense_${i}`,
    trainable: true,
    dtype: "float32",
    units: outputs,
    activation: isLast ? outputActivation(card.kind) : card.activation,
    use_bias: true,
    ...(i === 0 ? { batch_input_shape: [null, inputs] } : {}),
  };
  return { class_name: "Dense", config };
}

function outputActivation(kind: ModelCard["kind"]): ActivationName | "softmax" | "linear" {
  switch (kind) {
    case "classification":
      return "softmax";
    case "binary":
      return "sigmoid";
    case "regression":
      return "linear";
    default:
      return kind satisfies never;
  }
}

/** The layer with outputs p × std + mean. */
function rescaled(layer: ModelLayer, { mean, std }: PlaneScale): ModelLayer {
  return {
    ...layer,
    weights: layer.weights.map((weight) => weight * std),
    bias: layer.bias.map((value) => value * std + mean),
  };
}

function joined(parts: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const numbers = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    numbers.set(part, at);
    at += part.length;
  }
  return new Uint8Array(numbers.buffer);
}
