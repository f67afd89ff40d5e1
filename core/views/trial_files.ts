/** What completed trials have left in the artifact store, checked. */
import type { Trial } from "../domain/sweep_ledger.ts";
import type { TrialResult } from "../domain/trial_result.ts";
import { decode } from "../protocol/codec.ts";
import { decodeModel, MODEL_LIMIT, type StoredModel } from "../protocol/model_file.ts";
import type { ArtifactStore } from "../protocol/ports.ts";
import { RESULT_LIMIT, trialResultSchema } from "../protocol/trial_result_schema.ts";

export type { ModelLayer, StoredModel } from "../protocol/model_file.ts";

/**
 * A trial's result; null if it has none, or if it is not in the store any more.
 * @throws {DecodeError} If the file is no result.
 * @throws {RangeError} If the file is too large.
 */
export async function readTrialResult(
  artifacts: Pick<ArtifactStore, "get">,
  { result }: Pick<Trial, "result">,
): Promise<TrialResult | null> {
  if (result === null) return null;
  const data = await artifacts.get(result, { limit: RESULT_LIMIT });
  if (data === null) return null;
  return decode(data, trialResultSchema, { subject: result, limit: RESULT_LIMIT });
}

/**
 * A trial's model; null if it has none, or if it was not kept.
 * @throws {ModelFileError} If the file is no model.
 * @throws {RangeError} If the file is too large.
 */
export async function readModel(
  artifacts: Pick<ArtifactStore, "get">,
  { model }: Pick<Trial, "model">,
): Promise<StoredModel | null> {
  if (model === null) return null;
  const data = await artifacts.get(model, { limit: MODEL_LIMIT });
  return data === null ? null : decodeModel(data);
}
