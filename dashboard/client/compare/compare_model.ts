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
  /** Which of them is the best; none where nothing says what is better. */
  readonly best: readonly number[];
}

/** Some trials side by side. */
export interface CompareSnapshot extends SweepSnapshot {
  readonly query: CompareQuery;
  readonly trials: readonly TrialRow[];
  /** Parameters that differ. */
  readonly different: readonly ComparedRow[];
  /** Parameters that are equal in all of them. */
  readonly equal: readonly ComparedRow[];
  readonly metrics: readonly ComparedRow[];
  readonly curves: TrialCurves;
}

/** The Compare page. */
export interface ComparePageState {
  readonly page: "compare";
  readonly snapshot: CompareSnapshot;
}
