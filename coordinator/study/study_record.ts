/** What a study keeps of a trial. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { Observation, ObservedOutcome, ProposalNote } from "../../core/domain/observation.ts";
import { parseConfigurationId } from "../../core/domain/ids.ts";
import type { RungLosses, ScheduledTrial } from "../schedulers/scheduler.ts";

/** How a trial of a study stands. */
export type StudyState =
  /** It was so, too, if the search was aborted meanwhile. */
  | { readonly status: "running" }
  /** It waits at an epoch until the scheduler lets it go on. */
  | { readonly status: "paused"; readonly epoch: number }
  /** `values` are the objectives as told; NaN and infinities are divergence, worse than all. */
  | { readonly status: "completed"; readonly values: readonly number[] }
  | { readonly status: "pruned"; readonly epoch: number; readonly message: string }
  | { readonly status: "failed"; readonly message: string };

/** A trial of a study. Mutable inside the study only. */
export interface StudyRecord {
  readonly trial: TrialId;
  readonly hyperparameters: Hyperparameters;
  readonly note: ProposalNote;
  readonly state: StudyState;
  readonly bracket: number;
  /** The epoch at which it pauses; null: it runs to its end. */
  readonly target: number | null;
  readonly rungs: readonly RungLosses[];
  /** What the objective function saved last. */
  readonly saved: { readonly epoch: number; readonly state: unknown } | null;
}

/** The record as a sampler is told of it; `toLosses` turns values so that smaller is better. */
export function observationOf(
  record: StudyRecord,
  toLosses: (values: readonly number[]) => readonly number[],
): Observation {
  return {
    configuration: parseConfigurationId(record.trial),
    hyperparameters: record.hyperparameters,
    outcome: outcomeOf(record, toLosses),
  };
}

function outcomeOf(
  { state, rungs }: StudyRecord,
  toLosses: (values: readonly number[]) => readonly number[],
): ObservedOutcome {
  switch (state.status) {
    case "running":
      return { kind: "pending" };
    case "completed":
      return { kind: "completed", losses: toLosses(state.values) };
    case "paused":
    case "pruned": {
      const last = rungs.at(-1);
      return last === undefined ? { kind: "pending" } : { kind: "stopped", ...last };
    }
    case "failed":
      return { kind: "failed" };
    default:
      return state satisfies never;
  }
}

/** The record as a scheduler sees it. */
export function scheduledTrialOf(record: StudyRecord): ScheduledTrial {
  const { trial, state, bracket, hyperparameters, rungs } = record;
  return { trial, status: state.status, bracket, hyperparameters, rungs };
}
