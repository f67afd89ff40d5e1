/** What the overview's panels are made from: the server draws them, so none of it is sent as JSON. */
import type { FilteredTrials } from "../parts/filter_line.tsx";
import type { ImportanceEstimator } from "../../../core/domain/importance/importance.ts";
import type { Goal } from "../../../core/domain/objective.ts";
import type { EventRow } from "../events/events_model.ts";
import type { Range, SweepFacts } from "../model.ts";
import type { Timeline } from "../timeline/timeline_model.ts";

/** A configuration that has completed, where it did in the order of all that have ended. */
export interface HistoryMark {
  /** From 1. */
  readonly place: number;
  readonly configuration: number;
  readonly trial: number;
  readonly mean: number;
  /** The lowest and the highest of its replicates; null: there is one. */
  readonly spread: Range | null;
  readonly runs: number;
}

/** Neighbours in that order, taken together; values are null where none of them has completed. */
export interface HistoryBin {
  readonly places: Range;
  readonly completed: number;
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
}

/** Places that share a lane: where they are, and how many. */
export interface HistoryLane {
  readonly count: number;
  /** From first to last place, of ends that are too near each other to be told apart. */
  readonly places: readonly Range[];
}

/** How the search got on. */
export interface OptimisationHistory {
  readonly metric: string;
  readonly goal: Goal;
  /** Configurations that have ended: completed, diverged or pruned. */
  readonly ended: number;
  readonly completed: number;
  /** Empty where bins are drawn. */
  readonly marks: readonly HistoryMark[];
  readonly bins: readonly HistoryBin[];
  /** Where the best mean so far changed, and to what. */
  readonly best: readonly HistoryStep[];
  /** How often it changed, drawn or not. */
  readonly improvements: number;
  readonly diverged: HistoryLane;
  readonly pruned: HistoryLane;
  /** What is drawn of the objective; means beyond it lie on its edge. */
  readonly range: Range;
  readonly beyond: number;
}

/** A new best mean. */
export interface HistoryStep {
  readonly place: number;
  readonly value: number;
  readonly trial: number;
}

/** What became of the trials that reached a rung. */
export interface RungRow {
  readonly epoch: number;
  readonly reached: number;
  readonly wentOn: number;
  readonly waiting: number;
  readonly pruned: number;
  /** The best of the first objective there; null: none was finite. */
  readonly best: number | null;
  readonly bestTrial: number | null;
}

/** The rungs of a sweep with early termination. */
export interface Rungs {
  /** The scheduler, in words. */
  readonly scheduler: string;
  readonly rows: readonly RungRow[];
  /** Rungs that there are, listed or not. */
  readonly total: number;
  readonly pruned: number;
  readonly completed: number;
  readonly metric: string;
  readonly goal: Goal;
}

/** A configuration by two objectives. */
export interface PlanePoint {
  readonly trial: number;
  readonly configuration: number;
  readonly x: number;
  readonly y: number;
  readonly runs: number;
  /** Whether no other dominates it, by all objectives. */
  readonly isFront: boolean;
}

/** One of a sweep's objectives, with the part of it that is drawn. */
export interface PlaneAxis {
  readonly name: string;
  readonly goal: Goal;
  readonly range: Range;
}

/** Two objectives against each other. */
export interface ObjectivePlane {
  readonly objectives: readonly { readonly name: string; readonly goal: Goal }[];
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  /** What is drawn: all of the front, and as many of the others as differ by what can be seen. */
  readonly points: readonly PlanePoint[];
  /** The corners of the front of these two objectives, by x. */
  readonly steps: readonly Range[];
  /** Configurations on the front of all objectives. */
  readonly front: number;
  /** With a result in all objectives, and those that diverged or lack one. */
  readonly measured: number;
  readonly excluded: number;
  /** Null: not computed, because so many points in so many objectives would take too long. */
  readonly hypervolume: number | null;
  /** Up to where volumes count, in the order of the objectives. */
  readonly reference: readonly number[];
}

/** The parameters that matter most. */
export interface ImportanceBrief {
  readonly estimator: ImportanceEstimator;
  /** Configurations behind it. */
  readonly n: number;
  readonly parameters: readonly {
    readonly name: string;
    readonly share: number;
    readonly interval: Range | null;
  }[];
  /** Parameters that vary, listed or not. */
  readonly total: number;
}

/** The last events. */
export interface Ticker {
  readonly rows: readonly EventRow[];
  readonly total: number;
}

/** Configurations in the ranking of which the filter lets a trial through, out of how many. */
export interface FilteredConfigurations {
  readonly ranked: number;
  readonly of: number;
}

/** All panels. */
export interface Panels {
  readonly facts: SweepFacts;
  /** The server's clock. */
  readonly now: number;
  readonly isOver: boolean;
  readonly history: OptimisationHistory;
  /** What the charts are about. */
  readonly filter: FilteredTrials;
  /** Null: nothing is filtered. */
  readonly filtered: FilteredConfigurations | null;
  /** Null: nothing stops trials early. */
  readonly rungs: Rungs | null;
  /** Null: there is one objective, or no result. */
  readonly plane: ObjectivePlane | null;
  readonly importance: ImportanceBrief;
  readonly timeline: Timeline;
  readonly ticker: Ticker;
}
