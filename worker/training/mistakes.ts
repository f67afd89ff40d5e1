/** The test examples that a network got wrong while it was most sure. */
import { type Mistake, MISTAKES_KEPT } from "../../core/domain/trial_result.ts";
import type { Dataset } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";
import { imageOf } from "./raw_image.ts";

/** At most `MISTAKES_KEPT`, most confident first, of equal ones the earlier first; none for values. */
export function worstMistakes(
  { test, modelInputs }: Dataset,
  { predictions, confidences, losses }: Pick<Examination, "predictions" | "confidences" | "losses">,
): readonly Mistake[] {
  const { targets } = test;
  if (targets.kind !== "classes") return [];
  const wrong = [...targets.labels.keys()].filter((i) => targets.labels[i] !== predictions[i]);
  const confidenceOf = (i: number): number => confidences[i] ?? 0;
  wrong.sort((a, b) => confidenceOf(b) - confidenceOf(a) || a - b);
  return wrong.slice(0, MISTAKES_KEPT).map((index) => ({
    index,
    actual: targets.labels[index] ?? 0,
    predicted: predictions[index] ?? 0,
    confidence: Math.min(1, confidenceOf(index)),
    loss: Math.max(0, losses[index] ?? 0),
    image: imageOf(test, index, modelInputs),
  }));
}
