/** What the server tells the Trials page. */
import type { TrialStatus } from "../../../core/domain/trial.ts";
import type { Goal } from "../../../core/domain/objective.ts";
import type { Range, SweepSnapshot } from "../model.ts";
import type { TrialsQuery } from "./trials_query.ts";

/** What a trial is shown as: one that completed without a finite loss has diverged. */
export type ShownTrialStatus = TrialStatus | "diverged";

/** A column of the table. */
export interface TrialColumn {
  /** What the address sorts by: `trial`, `objective`, `p.lr`, …. */
  readonly id: string;
  readonly label: string;
  readonly isNumber: boolean;
  /** Whether it is shown to somebody who has chosen no columns. */
  readonly isUsual: boolean;
  /** What a filter calls it. */
  readonly filter: string;
  /** Which way it is better; null: nothing says so. */
  readonly goal: Goal | null;
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

/** A measured number, and how it does among all that match. */
export interface MeasuredCell {
  /** Over several runs their mean; null: none yet, or one of them diverged. */
  readonly value: number | null;
  /** Student's 95 % interval of the mean; null where one run or none was measured. */
  readonly ci95: Range | null;
  /** Runs that were measured. */
  readonly n: number;
  /** From 1, the best; null where nothing says what is better. */
  readonly rank: number | null;
  readonly of: number;
  /** The rank in ten steps, 10 for the best tenth; 0: no rank. */
  readonly step: number;
}

/** How much the objective differs from the baseline's. */
export interface Delta {
  readonly value: number;
  /** Welch's 95 % interval; null where either side has but one run. */
  readonly ci95: Range | null;
  /** Runs of this row and of the baseline. */
  readonly n: readonly [here: number, baseline: number];
}

/** A trial, or a configuration's trials together, as the table shows them. */
export interface TableRow extends TrialRow {
  /** How many trials there are in each state. */
  readonly states: readonly (readonly [state: ShownTrialStatus, count: number])[];
  /** By the id of a column that measures; only of those that are shown. */
  readonly measured: Readonly<Record<string, MeasuredCell>>;
  /** Null without a baseline, of the baseline itself, and where either has no number. */
  readonly delta: Delta | null;
  /** The varied parameters as a filter must name them: with all their digits. */
  readonly exact: readonly string[];
}

/** A window on the trials of a sweep. */
export interface TrialsSnapshot extends SweepSnapshot {
  /** With a page that exists. */
  readonly query: TrialsQuery;
  /** Why the filter cannot be read; then nothing matches. */
  readonly problem: string | null;
  /** Every column that there is. */
  readonly columns: readonly TrialColumn[];
  /** The ids of those that are shown. */
  readonly shown: readonly string[];
  readonly rows: readonly TableRow[];
  /** What others are measured against. */
  readonly baseline: TableRow | null;
  /** Rows that match the filters, and all. */
  readonly matching: number;
  readonly total: number;
  /** Trials that match: more than rows where these are configurations. */
  readonly matchingTrials: number;
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
