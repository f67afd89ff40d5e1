/** What a completed trial leaves behind, as the bytes of two files. */
import type { SweepId, TrialId } from "../core/domain/ids.ts";
import type { ModelCard } from "../core/domain/model_card.ts";
import { encode } from "../core/protocol/codec.ts";
import { encodeModel, MODEL_LIMIT } from "../core/protocol/model_file.ts";
import { RESULT_LIMIT } from "../core/protocol/trial_result_schema.ts";
import type { Dataset } from "./datasets/dataset.ts";
import type { Activation } from "./training/activation.ts";
import type { LaneCheckpoint, LaneFinal } from "./training/pack.ts";
import type { PackTrainer } from "./training/pack_trainer.ts";
import { describeLanes } from "./training/lane_results.ts";

/** A trial's files; null where one cannot be had. */
export interface TrialFiles {
  readonly trial: TrialId;
  readonly result: Uint8Array<ArrayBuffer> | null;
  readonly model: Uint8Array<ArrayBuffer> | null;
}

/** What the files tell of. */
export interface TrialFilesOptions {
  readonly sweep: SweepId;
  readonly dataset: Dataset;
  readonly activation: Activation;
  /** The lanes as they were scored on the test split. */
  readonly finals: readonly LaneFinal[];
}

/**
 * The files of every lane that was scored, in any order.
 * @throws {unknown} What the backend throws.
 */
export async function makeTrialFiles(
  trainer: PackTrainer,
  options: TrialFilesOptions,
): Promise<readonly TrialFiles[]> {
  const { dataset, finals } = options;
  const lanes = await trainer.checkpoint();
  const results = await describeLanes(trainer, { dataset, finals, lanes });
  return [...results].map(([trial, result]) => {
    const lane = lanes.find((one) => one.trial === trial);
    return {
      trial,
      result: within(RESULT_LIMIT, () => new Uint8Array(encode(result, { limit: RESULT_LIMIT }))),
      model: lane === undefined ? null : modelOf(lane, options),
    };
  });
}

function modelOf(
  { trial, layers }: LaneCheckpoint,
  { sweep, dataset, activation }: TrialFilesOptions,
): Uint8Array<ArrayBuffer> | null {
  const { modelInputs, kind, classes, targetScale = null } = dataset;
  if (modelInputs === undefined) return null;
  const card: ModelCard = {
    v: 1,
    kind,
    inputs: modelInputs,
    widths: [layers[0]?.inputs ?? 0, ...layers.map(({ outputs }) => outputs)],
    activation,
    classes,
    targetScale,
    sweep,
    trial,
  };
  return within(MODEL_LIMIT, () => encodeModel({ card, layers }));
}

/** Null where the file is larger than what readers take, or has a number that is none. */
function within(
  limit: number,
  make: () => Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = make();
    return bytes.length <= limit ? bytes : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
