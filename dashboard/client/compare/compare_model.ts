/** What the server tells the Compare page. */
import type { CompareQuery } from "./compare_query.ts";
import type { SweepSnapshot } from "../model.ts";
import type { TrialCurves } from "../trial/trial_model.ts";
import type { TrialRow } from "../trials/trials_model.ts";

/** One thing that all compared trials have, with a value for each. */
export interface ComparedRow {
  readonly name: string;
  /** In the order of the trials. */
  readonly values: readonly string[];
  /** The same with all their digits. */
  readonly exact: readonly string[];
  /** Differences to the first trial, with their signs; null of the first and where there is none. */
  readonly deltas: readonly (string | null)[];
  /** Which of them is the best; none where nothing says what is better. */
  readonly best: readonly number[];
}

/** How the confusions of one trial differ from another's. */
export type ConfusionChange =
  | { readonly kind: "none"; readonly message: string }
  | {
    readonly kind: "known";
    readonly from: number;
    readonly to: number;
    readonly classes: readonly string[];
    /** `to` minus `from`, `cells[actual][predicted]`, in test examples. */
    readonly cells: readonly (readonly number[])[];
    /** Test examples, and how many of them each gets right. */
    readonly examples: number;
    readonly right: readonly [from: number, to: number];
    /** The largest absolute value of a cell. */
    readonly largest: number;
  };

/** Some trials side by side. */
export interface CompareSnapshot extends SweepSnapshot {
  readonly query: CompareQuery;
  /** Those that stand side by side: the first ones of the query. */
  readonly trials: readonly TrialRow[];
  /** Parameters that differ. */
  readonly different: readonly ComparedRow[];
  /** Parameters that are equal in all of them. */
  readonly equal: readonly ComparedRow[];
  readonly metrics: readonly ComparedRow[];
  readonly curves: TrialCurves;
  /** Null where there is but one trial. */
  readonly confusion: ConfusionChange | null;
}
