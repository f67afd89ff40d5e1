/** What the server tells the Curves page. */
import type { FilteredTrials } from "../parts/filter_line.tsx";
import type { Range, SweepSnapshot } from "../model.ts";
import type { CurvesQuery } from "./curves_query.ts";

/** One line: a trial's curve, or what the curves of a parameter's value have in common. */
export interface CurveLine {
  /** The trial; null: a group. */
  readonly trial: number | null;
  /** Its place, its state, or how many trials a group has. */
  readonly tag: string;
  readonly label: string;
  /** Finite points in the range, of all trials of the line, and reported at all. */
  readonly inRange: number;
  readonly reported: number;
  /** A place for each bucket; where `n` is 0 it is outside of the range. */
  readonly x: readonly number[];
  /** Points in the bucket; of a group: trials. */
  readonly n: readonly number[];
  /** The last value (smoothed if asked for); of a group the median. */
  readonly y: readonly number[];
  /** Lowest and highest value of each bucket, or the quartiles of a group; null: they are y. */
  readonly low: readonly number[] | null;
  readonly high: readonly number[] | null;
  /** What y was before it was smoothed; null: it is not. */
  readonly raw: readonly number[] | null;
  /** Reports that were not finite. */
  readonly marks: readonly { readonly x: number; readonly n: number }[];
}

/** The curves that a query asks for, cut into buckets. */
export interface CurvesView {
  readonly asOf: string;
  readonly query: CurvesQuery;
  readonly metric: string;
  readonly metrics: readonly string[];
  /** Parameters that trials can be grouped by. */
  readonly parameters: readonly string[];
  /** Whether steps are known. */
  readonly hasSteps: boolean;
  /** What the filter among the query's fields lets through. */
  readonly filter: FilteredTrials;
  /** Why the choice cannot be read; then nothing is drawn. */
  readonly problem: string | null;
  readonly lines: readonly CurveLine[];
  /** Trials with a curve that the choice is about, and how many of them the lines stand for. */
  readonly matching: number;
  readonly drawn: number;
  /** Groups that there are; null: trials are drawn. */
  readonly groups: number | null;
  /** What x can be, and what is shown of it. */
  readonly whole: Range;
  readonly range: Range;
  /** Values that an axis by logarithms has no place for. */
  readonly unshown: number;
  /** What the names of a filter can be. */
  readonly names: readonly string[];
}

/** The page at one place of the journal. */
export interface CurvesSnapshot extends SweepSnapshot {
  readonly view: CurvesView;
}

/** The page. */
export interface CurvesPageState {
  readonly page: "curves";
  readonly snapshot: CurvesSnapshot;
}
