/** What the data of a sweep look like: a few training images of each class. */
import type { RawImage, SampleImage, TrialResult } from "../../domain/trial_result.ts";
import type { SweepView } from "../sweep_view.ts";
import type { ReadResult } from "./after_training.ts";

/** Training images of one class. */
export interface ClassSamples {
  /** The class's name. */
  readonly name: string;
  readonly images: readonly { readonly index: number; readonly image: RawImage }[];
}

/** Of trials that ended together one has them; more are asked in case its file was lost. */
const MOST_ASKED = 4;

/**
 * The images, from the result of the first trial that has any; none where examples are no images,
 * and where an earlier version trained.
 * @throws {unknown} What the reader throws.
 */
export async function readClassSamples(
  view: SweepView,
  { readResult, signal }: {
    readonly readResult: ReadResult;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly ClassSamples[]> {
  if (view.ledger.dataset.classes.length === 0) return [];
  const asked = view.ledger.trials
    .filter(({ state, result }) => state.status === "completed" && result !== null)
    .slice(0, MOST_ASKED);
  for (const trial of asked) {
    signal?.throwIfAborted();
    const result = await readResult(view, trial);
    if (result !== null && result.samples.length > 0) return classSamples(result);
  }
  return [];
}

/** The images of a result by their classes, in the order of the classes. */
export function classSamples(
  { samples, classes }: Pick<TrialResult, "samples" | "classes">,
): readonly ClassSamples[] {
  const ofClass = Map.groupBy(samples, ({ label }: SampleImage) => label);
  return classes.flatMap((name, label) => {
    const images = (ofClass.get(label) ?? []).map(({ index, image }) => ({ index, image }));
    return images.length === 0 ? [] : [{ name, images }];
  });
}
