/** A few training images of each class, to show what a network was trained on. */
import {
  CLASSES_SAMPLED,
  type SampleImage,
  SAMPLES_PER_CLASS,
} from "../../core/domain/trial_result.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { imageOf } from "./raw_image.ts";

/** What all images of a result may take together, before they are written as text. */
const MOST_BYTES = 2 ** 20;

/**
 * By class, the first training examples of each; fewer where images are large, none where examples
 * are no images.
 */
export function sampleImages(
  { classes, train, modelInputs }: Pick<Dataset, "classes" | "train" | "modelInputs">,
): readonly SampleImage[] {
  const { targets, features } = train;
  if (targets.kind !== "classes" || imageOf(train, 0, modelInputs) === null) return [];
  const shown = Math.min(classes.length, CLASSES_SAMPLED);
  const each = Math.min(SAMPLES_PER_CLASS, Math.floor(MOST_BYTES / (shown * features)));
  const found = Array.from({ length: shown }, (): number[] => []);
  for (const [index, label] of targets.labels.entries()) {
    const ofClass = found[label];
    if (ofClass !== undefined && ofClass.length < each) ofClass.push(index);
  }
  return found.flatMap((indices, label) =>
    indices.flatMap((index) => {
      const image = imageOf(train, index, modelInputs);
      return image === null ? [] : [{ index, label, image }];
    })
  );
}
