/** What the generated datasets share: the size they are asked for, and the streams they draw from. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import type { GeneratedTask } from "../../core/domain/sweep_spec.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import { DatasetError } from "./dataset.ts";

/** What to generate; equal values generate equal data on every machine. */
export interface GenerateOptions extends GeneratedTask {
  /** The sweep's seed. */
  readonly seed: number;
}

/** Which examples: those to learn from, or fresh ones to test with. */
export type GeneratedPart = "train" | "test";

/** Coordinates that a network takes as they are. */
export function plainColumns(names: readonly string[]): ModelInputs {
  const scale = { mean: 0, std: 1 };
  return { kind: "columns", columns: names.map((name) => ({ name, scale, category: null })) };
}

/** More points than anybody looks at, and few enough to be made at once. */
const MOST_EXAMPLES = 1_000_000;

/**
 * Both parts of a generated dataset.
 * @throws {DatasetError} If the number of examples or the noise is out of range.
 */
export function generateParts<Part>(
  { name, seed, examples, noise }: GenerateOptions & { readonly name: string },
  generate: (rng: Rng) => Part,
): { readonly train: Part; readonly test: Part } {
  if (!Number.isSafeInteger(examples) || examples < 2 || examples > MOST_EXAMPLES) {
    throw new DatasetError(
      `Cannot generate ${examples} examples of ${name}: ` +
        `it must be an integer in [2, ${MOST_EXAMPLES}]`,
    );
  }
  if (!(noise >= 0 && Number.isFinite(noise))) {
    throw new DatasetError(
      `Cannot generate ${name} with noise ${noise}: it must be a finite number >= 0`,
    );
  }
  // Each part has a stream of its own: the test points are fresh whatever is drawn to learn from.
  const of = (part: GeneratedPart): Part => generate(createRng(seed, "dataset", name, part));
  return { train: of("train"), test: of("test") };
}
