/** Examples as the images that they are. */
import type { ModelInputs } from "../../core/domain/model_card.ts";
import type { RawImage } from "../../core/domain/trial_result.ts";
import type { Split } from "../datasets/dataset.ts";

/** Larger images are not kept: they would outweigh all the rest. */
const MOST_IMAGE_BYTES = 2 ** 18;

/** The bytes of an example with its channels together; null where it is no image. */
export function imageOf(
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
