/** What the server tells the Trials page. */
import type { TrialStatus } from "../../../core/domain/trial.ts";
import type { SweepSnapshot } from "../model.ts";
import type { TrialsQuery } from "./trials_query.ts";

/** What a trial is shown as: one that completed without a finite loss has diverged. */
export type ShownTrialStatus = TrialStatus | "diverged";

/** A column of the table. */
export interface TrialColumn {
  /** What the address sorts by: `trial`, `objective`, `p.lr`, …. */
  readonly id: string;
  readonly label: string;
  readonly isNumber: boolean;
}

/** A trial as a row shows it. */
export interface TrialRow {
  readonly trial: number;
  readonly configuration: number;
  readonly replicate: number;
  readonly state: ShownTrialStatus;
  /** The varied parameters, in the order of `SweepFacts.varied`. */
  readonly values: readonly string[];
  /** The latest value of the objective; null: none yet, or not finite. */
  readonly objective: number | null;
  readonly test: number | null;
  /** Epochs trained. */
  readonly epochs: number;
  readonly attempts: number;
  readonly worker: string | null;
  readonly pack: number | null;
  /** Trials in its pack, itself included. */
  readonly lanes: number;
  /** From its first lease to its end, or to the last news. */
  readonly durationMs: number | null;
}

/** A window on the trials of a sweep. */
export interface TrialsSnapshot extends SweepSnapshot {
  /** With a page that exists. */
  readonly query: TrialsQuery;
  /** Why the filter cannot be read; then nothing matches. */
  readonly problem: string | null;
  readonly columns: readonly TrialColumn[];
  readonly rows: readonly TrialRow[];
  /** Trials that match the filters, and all. */
  readonly matching: number;
  readonly total: number;
  /** Workers that the journal knows. */
  readonly workers: readonly string[];
  /** What a filter can compare. */
  readonly names: readonly string[];
}

/** The Trials page. */
export interface TrialsPageState {
  readonly page: "trials";
  readonly snapshot: TrialsSnapshot;
}
