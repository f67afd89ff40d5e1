/** The test examples that a network got wrong while it was most sure. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import { type Mistake, MISTAKES_KEPT, type RawImage } from "../../core/domain/trial_result.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";

/** Larger images are not kept: they would outweigh all the rest. */
const MOST_IMAGE_BYTES = 2 ** 18;

/** At most `MISTAKES_KEPT`, most confident first, of equal ones the earlier first; none for values. */
export function worstMistakes(
  { test, modelInputs }: Dataset,
  { predictions, confidences }: Pick<Examination, "predictions" | "confidences">,
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
    image: imageOf(test, index, modelInputs),
  }));
}

/** The bytes of an example with its channels together; null where it is no image. */
function imageOf(
  { inputs, features }: Split,
  index: number,
  shape: ModelInputs | undefined,
): RawImage | null {
  if (inputs.kind !== "bytes" || shape?.kind !== "image" || features > MOST_IMAGE_BYTES) {
    return null;
  }
  const { width, height, planes: { length: channels } } = shape;
  if (channels !== 1 && channels !== 3) return null;
  const planes = inputs.bytes.subarray(index * features, (index + 1) * features);
  const pixels = width * height;
  const together = Uint8Array.from(
    { length: features },
    (_, i) => planes[(i % channels) * pixels + Math.floor(i / channels)] ?? 0,
  );
  return { width, height, channels, data: together.toBase64() };
}
