/** The test examples that a network got wrong while it was most sure. */
import { type Mistake, MISTAKES_KEPT, SUREST_KEPT } from "../../core/domain/trial_result.ts";
import type { Dataset } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";
import { imageOf } from "./raw_image.ts";

/**
 * At most `MISTAKES_KEPT`, most confident first, of equal ones the earlier first; none for values.
 * Each confusion of two classes is shown by an example, as far as there is room.
 */
export function worstMistakes(
  { test, modelInputs }: Dataset,
  { predictions, confidences, losses }: Pick<Examination, "predictions" | "confidences" | "losses">,
): readonly Mistake[] {
  const { targets } = test;
  if (targets.kind !== "classes") return [];
  const wrong = [...targets.labels.keys()].filter((i) => targets.labels[i] !== predictions[i]);
  const confidenceOf = (i: number): number => confidences[i] ?? 0;
  wrong.sort((a, b) => confidenceOf(b) - confidenceOf(a) || a - b);
  const pairOf = (i: number): string => `${targets.labels[i]} ${predictions[i]}`;
  return chosen(wrong, pairOf).map((index) => ({
    index,
    actual: targets.labels[index] ?? 0,
    predicted: predictions[index] ?? 0,
    confidence: Math.min(1, confidenceOf(index)),
    loss: Math.max(0, losses[index] ?? 0),
    image: imageOf(test, index, modelInputs),
  }));
}

/** The first ones, and the first one of each further pair, in their order. */
function chosen(wrong: readonly number[], pairOf: (index: number) => string): readonly number[] {
  const kept = wrong.slice(0, SUREST_KEPT);
  const pairs = new Set(kept.map(pairOf));
  for (const index of wrong.slice(SUREST_KEPT)) {
    if (kept.length === MISTAKES_KEPT) break;
    if (pairs.has(pairOf(index))) continue;
    pairs.add(pairOf(index));
    kept.push(index);
  }
  return kept;
}
