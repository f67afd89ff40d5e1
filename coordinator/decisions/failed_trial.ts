/** A trial that ends because of what its worker told. */
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { Metrics, SweepEvent } from "../../core/domain/sweep_event.ts";

/** It fails with this message. */
export function failed(trial: TrialId, told: string): SweepEvent {
  const message = clip(told, MAX_MESSAGE_LENGTH);
  return { type: "trialFailed", trial, reason: { kind: "exception", message } };
}

/** It did not report an objective of the sweep. */
export function withoutObjective(trial: TrialId, name: string, metrics: Metrics): SweepEvent {
  return failed(trial, `it reported no "${name}", only ${Object.keys(metrics).join(", ")}`);
}
