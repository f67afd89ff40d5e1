/** Noisy samples of the sigmoid curve: y = 1 / (1 + e⁻ˣ) + noise, a curve to be recovered. */
import type { Rng } from "../../core/domain/rng.ts";
import type { SourceDataset, Split } from "./dataset.ts";
import { type GenerateOptions, generateParts, plainColumns } from "./generated.ts";

/** Inputs are uniform in ±this: the curve bends, and nearly reaches both of its limits. */
export const SIGMOID_RANGE: number = 5;

/**
 * Points of the curve, with what they would be without noise for the test points.
 * @throws {DatasetError} If the number of examples or the noise is out of range.
 */
export function generateNoisySigmoid(options: GenerateOptions): SourceDataset {
  const { train, test } = generateParts(
    { ...options, name: "noisy-sigmoid" },
    (rng) => pointsOf(rng, options),
  );
  return {
    name: "noisy-sigmoid",
    origin: "noisy-sigmoid",
    kind: "regression",
    classes: [],
    outputs: 1,
    features: 1,
    normalisation: null,
    train: train.split,
    test: test.split,
    noiseFree: test.noiseFree,
    truth: sigmoid,
    modelInputs: plainColumns(["x"]),
  };
}

/** The curve itself. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function pointsOf(
  rng: Rng,
  { examples, noise }: GenerateOptions,
): { readonly split: Split; readonly noiseFree: Float32Array } {
  const x = new Float32Array(examples);
  const y = new Float32Array(examples);
  const noiseFree = new Float32Array(examples);
  for (let i = 0; i < examples; i++) {
    const position = (2 * rng.uniform() - 1) * SIGMOID_RANGE;
    x[i] = position;
    noiseFree[i] = sigmoid(position);
    y[i] = sigmoid(position) + noise * rng.normal();
  }
  const split: Split = {
    count: examples,
    features: 1,
    inputs: { kind: "floats", values: x },
    targets: { kind: "values", values: y },
  };
  return { split, noiseFree };
}
