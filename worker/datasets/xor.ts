/** XOR with noise: four clusters around (0, 0), (0, 1), (1, 0) and (1, 1), no line between them. */
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { SourceDataset, Split } from "./dataset.ts";
import { type GenerateOptions, generateParts, plainColumns } from "./generated.ts";

/**
 * Points (a + noise, b + noise) whose class is a xor b; each cluster has a quarter of them.
 * @throws {DatasetError} If the number of examples or the noise is out of range.
 */
export function generateXor(options: GenerateOptions): SourceDataset {
  const parts = generateParts({ ...options, name: "xor" }, (rng) => pointsOf(rng, options));
  return {
    name: "xor",
    origin: "xor",
    kind: "binary",
    classes: ["0", "1"],
    outputs: 1,
    features: 2,
    normalisation: null,
    // Four examples without noise lie at the four centres.
    centres: pointsOf(createRng(options.seed), { ...options, examples: 4, noise: 0 }),
    modelInputs: plainColumns(["x", "y"]),
    ...parts,
  };
}

function pointsOf(rng: Rng, { examples, noise }: GenerateOptions): Split {
  const values = new Float32Array(2 * examples);
  const labels = new Uint16Array(examples);
  for (let i = 0; i < examples; i++) {
    const [a, b] = [(i >> 1) & 1, i & 1];
    values[2 * i] = a + noise * rng.normal();
    values[2 * i + 1] = b + noise * rng.normal();
    labels[i] = a ^ b;
  }
  return {
    count: examples,
    features: 2,
    inputs: { kind: "floats", values },
    targets: { kind: "classes", labels },
  };
}
