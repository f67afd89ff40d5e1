/** What a stored model makes of an example: its layers in plain numbers, without any backend. */
import type { ActivationName } from "../../core/domain/mlp_parameters.ts";
import type { ModelLayer, StoredModel } from "../../core/views/trial_files.ts";

/** What is predicted of one example. */
export type Prediction =
  | {
    readonly kind: "class";
    readonly class: string;
    /** Of each class, in the order of the model's; they add up to 1. */
    readonly probabilities: readonly number[];
  }
  /** In the units of the training data. */
  | { readonly kind: "value"; readonly value: number };

/**
 * The prediction for one example's inputs, scaled as the card says.
 * @param inputs As many as the first layer takes.
 */
export function predict({ card, layers }: StoredModel, inputs: ArrayLike<number>): Prediction {
  let values: ArrayLike<number> = inputs;
  for (const [i, layer] of layers.entries()) {
    const sums = weightedSums(layer, values);
    values = i < layers.length - 1 ? sums.map((z) => activate(z, card.activation)) : sums;
  }
  const outputs = Array.from(values);
  switch (card.kind) {
    case "classification":
      return classified(card.classes, softmax(outputs));
    case "binary": {
      const second = 1 / (1 + Math.exp(-(outputs[0] ?? NaN)));
      return classified(card.classes, [1 - second, second]);
    }
    case "regression": {
      const { mean, std } = card.targetScale ?? { mean: 0, std: 1 };
      return { kind: "value", value: (outputs[0] ?? NaN) * std + mean };
    }
    default:
      return card.kind satisfies never;
  }
}

function weightedSums(
  { outputs, weights, bias }: ModelLayer,
  inputs: ArrayLike<number>,
): Float64Array {
  const sums = Float64Array.from(bias);
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] ?? 0;
    if (input === 0) continue;
    const from = i * outputs;
    for (let o = 0; o < outputs; o++) sums[o] = (sums[o] ?? 0) + input * (weights[from + o] ?? 0);
  }
  return sums;
}

function activate(z: number, activation: ActivationName): number {
  switch (activation) {
    case "relu":
      return Math.max(0, z);
    case "sigmoid":
      return 1 / (1 + Math.exp(-z));
    case "tanh":
      return Math.tanh(z);
    default:
      return activation satisfies never;
  }
}

/** The greatest output is taken off all of them, so that no power overflows. */
function softmax(outputs: readonly number[]): readonly number[] {
  const greatest = Math.max(...outputs);
  const powers = outputs.map((z) => Math.exp(z - greatest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function classified(classes: readonly string[], probabilities: readonly number[]): Prediction {
  const best = probabilities.indexOf(Math.max(...probabilities));
  return { kind: "class", class: classes[best] ?? String(best), probabilities };
}
