/** What the lanes of a pack have to show at their end: confusions, mistakes, a picture. */
import type { TrialId } from "../../core/domain/ids.ts";
import {
  type SplitConfusions,
  TRAIN_EXAMPLES_SCORED,
  type TrialResult,
} from "../../core/domain/trial_result.ts";
import { type Dataset, type Split, takeExamples } from "../datasets/dataset.ts";
import type { Examination } from "./evaluation.ts";
import { confusionOf } from "./metrics.ts";
import { worstMistakes } from "./mistakes.ts";
import type { LaneCheckpoint, LaneFinal } from "./pack.ts";
import type { PackTrainer } from "./pack_trainer.ts";
import { sampleImages } from "./sample_images.ts";
import { surfaceGrid } from "./surface_grid.ts";
import { curvePicture, SURFACE_SIDE, surfacePicture } from "./task_pictures.ts";

/** The lanes, as they were scored and as they are. */
export interface DescribeOptions {
  readonly dataset: Dataset;
  readonly finals: readonly LaneFinal[];
  readonly lanes: readonly LaneCheckpoint[];
}

type ScoredLane = Extract<LaneFinal, { readonly kind: "metrics" }>;
type ByTrial = ReadonlyMap<TrialId, Examination>;

/** The results of every lane that was scored. */
export async function describeLanes(
  trainer: PackTrainer,
  { dataset, finals, lanes }: DescribeOptions,
): Promise<ReadonlyMap<TrialId, TrialResult>> {
  const scored = finals.filter((final) => final.kind === "metrics");
  const examine = async (split: Split): Promise<ByTrial> =>
    new Map((await trainer.examine(split)).map(({ trial, examination }) => [trial, examination]));
  const hasClasses = dataset.kind !== "regression";
  const isTested = dataset.validation === dataset.test;
  const trainPart = selectionOf(dataset.train);
  const train: ByTrial = hasClasses ? await examine(trainPart) : new Map();
  const validation: ByTrial = hasClasses && !isTested
    ? await examine(dataset.validation)
    : new Map();
  const grid = surfaceGrid(dataset, SURFACE_SIDE);
  const surfaces: ByTrial = grid === null ? new Map() : await examine(grid.split);
  const first = Math.min(...scored.map(({ trial }) => trial));
  return new Map(scored.map((final): [TrialId, TrialResult] => {
    const { trial } = final;
    const found = surfaces.get(trial);
    const snapshots = lanes.find((lane) => lane.trial === trial)?.curves ?? [];
    return [trial, {
      v: 1,
      kind: dataset.kind,
      classes: dataset.classes,
      confusions: confusionsOf(dataset, final, {
        trainPart,
        train: train.get(trial),
        validation: isTested ? final : validation.get(trial),
      }),
      mistakes: worstMistakes(dataset, final),
      samples: trial === first ? sampleImages(dataset) : [],
      picture: grid !== null && found !== undefined
        ? surfacePicture(dataset, { grid, found, snapshots, epoch: trainer.epoch })
        : curvePicture(dataset, snapshots),
    }];
  }));
}

/** The split, or of a large one an even selection: scoring all of it would cost as an epoch does. */
function selectionOf(split: Split): Split {
  const { count } = split;
  if (count <= TRAIN_EXAMPLES_SCORED) return split;
  const places = Uint32Array.from(
    { length: TRAIN_EXAMPLES_SCORED },
    (_, i) => Math.floor(i * count / TRAIN_EXAMPLES_SCORED),
  );
  return takeExamples(split, places);
}

type Predicted = Pick<Examination, "predictions">;

function confusionsOf(
  dataset: Dataset,
  final: ScoredLane,
  found: {
    readonly trainPart: Split;
    readonly train: Predicted | undefined;
    readonly validation: Predicted | undefined;
  },
): SplitConfusions | null {
  const { confusion: test } = final;
  if (test === null || found.train === undefined || found.validation === undefined) return null;
  const train = confusionOf(dataset, found.trainPart, found.train);
  const validation = confusionOf(dataset, dataset.validation, found.validation);
  return train === null || validation === null ? null : { train, validation, test };
}
