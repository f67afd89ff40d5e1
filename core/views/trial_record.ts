/** One trial as `trawl export` writes it and the API returns it. */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { ConfigurationId, PackId, SweepId, TrialId } from "../domain/ids.ts";
import type { Metrics } from "../domain/sweep_event.ts";
import type { SweepLedger, Trial } from "../domain/sweep_ledger.ts";
import type { FailureReason, TrialStatus } from "../domain/trial.ts";

/** A trial's record. */
export interface TrialRecord {
  readonly sweep: SweepId;
  readonly trial: TrialId;
  readonly configuration: ConfigurationId;
  readonly replicate: number;
  readonly state: TrialStatus;
  readonly attempts: number;
  /** Attempts that threw, and those whose lease was lost, since it was asked for or last retried. */
  readonly crashes: number;
  readonly lostLeases: number;
  readonly hyperparameters: Hyperparameters;
  readonly metrics: Metrics;
  /** Epochs finished. */
  readonly epochs: number;
  /** Whether the loss became NaN or infinite. */
  readonly diverged: boolean;
  /** Why it failed, and what was told of that; null if it has not. */
  readonly failure: FailureReason["kind"] | null;
  readonly failureMessage: string | null;
  readonly worker: string | null;
  readonly backend: string | null;
  readonly pack: PackId | null;
  /** Trials in its pack, itself included. */
  readonly lanes: number | null;
}

/** The record of a trial. */
export function trialRecord(ledger: SweepLedger, trial: Trial): TrialRecord {
  const { state } = trial;
  return {
    sweep: ledger.id,
    trial: trial.id,
    configuration: trial.configuration,
    replicate: trial.replicate,
    state: state.status,
    attempts: trial.attempts,
    crashes: trial.crashes,
    lostLeases: trial.lostLeases,
    hyperparameters: trial.hyperparameters,
    metrics: trial.metrics,
    epochs: "epoch" in state ? state.epoch : trial.checkpoint?.epoch ?? 0,
    diverged: state.status === "completed" && state.objective.kind === "diverged",
    failure: state.status === "failed" ? state.reason.kind : null,
    failureMessage: state.status === "failed" ? state.reason.message : null,
    worker: trial.worker,
    backend: trial.backend,
    pack: trial.pack,
    lanes: trial.pack === null ? null : ledger.pack(trial.pack).trials.length,
  };
}
