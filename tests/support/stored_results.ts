/** Journals whose completed trials have left files in the artifact store. */
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import type { TaskPicture, TrialResult } from "../../core/domain/trial_result.ts";
import { encode } from "../../core/protocol/codec.ts";
import type { Transport } from "../../core/nats/transport.ts";
import { sampleResult } from "./reported_sweeps.ts";

/** What a stored model holds here: the dashboard hands it on as it is. */
export const MODEL_BYTES: Uint8Array = Uint8Array.from([1, 2, 3, 250]);

/** A surface that falls from left to right, and rose before. */
export const SURFACE: TaskPicture = {
  kind: "surface",
  x: { min: -1, max: 1, count: 3 },
  y: { min: 0, max: 2, count: 3 },
  values: [1, 0.4, 0, 1, 0.4, 0, 1, 0.4, 0],
  points: [{ x: -0.5, y: 1, label: 1 }, { x: 0.5, y: 1.5, label: 0 }],
  epoch: 20,
  snapshots: [{ epoch: 10, side: 2, values: [0.4, 0.6, 0.4, 0.6] }],
};

/** A fit of three snapshots. */
export const FIT: TaskPicture = {
  kind: "curve",
  x: [0, 1, 2],
  truth: [0, 1, 4],
  points: [{ x: 0.5, y: 0.3 }],
  snapshots: [
    { epoch: 10, y: [2, 2, 2] },
    { epoch: 20, y: [1, 2, 3] },
    { epoch: 30, y: [0, 1, 4] },
  ],
};

/** A result with three classes of images, and perhaps a picture. */
export function resultWith(picture: TaskPicture | null = null): TrialResult {
  return { ...sampleResult(), picture };
}

/** The same entries, in which some trials have left a result, and a model with it. */
export function withStored(
  entries: readonly JournalEntry[],
  trials: readonly number[],
): readonly JournalEntry[] {
  return entries.map((entry) => ({
    ...entry,
    events: entry.events.map((event) =>
      event.type === "trialCompleted" && trials.includes(event.trial)
        ? { ...event, result: `results/${event.trial}`, model: `models/${event.trial}` }
        : event
    ),
  }));
}

/** Puts what such a trial has left where the journal says that it is. */
export async function storeResult(
  { artifacts }: Pick<Transport, "artifacts">,
  trial: number,
  result: TrialResult,
): Promise<void> {
  await artifacts.put(`results/${trial}`, encode(result));
  await artifacts.put(`models/${trial}`, MODEL_BYTES);
}
