/** What the Parameters page is made from: plain JSON, the same in the page and in the API. */
import type { ParameterValue } from "../../../core/domain/hyperparameters.ts";
import type { Importance } from "../../../core/domain/importance/importance.ts";
import type { SweepSnapshot } from "../model.ts";

/** What became of a configuration: without a completed replicate, what became of one of its trials. */
export type Outcome = "completed" | "diverged" | "pruned" | "failed";

/** Every outcome, the one with a number first. */
export const OUTCOMES: readonly Outcome[] = ["completed", "diverged", "pruned", "failed"];

/** A configuration with its replicates taken together. */
export interface ConfigurationPoint {
  readonly configuration: number;
  /** The trial that stands for it: the best one, or the first. */
  readonly trial: number;
  /** The values of the varied parameters, in their order; null: not active. */
  readonly values: readonly (ParameterValue | null)[];
  readonly outcome: Outcome;
  /** The mean objective over completed replicates; null unless completed. */
  readonly mean: number | null;
  /** The sample standard deviation over replicates; null for fewer than two. */
  readonly sd: number | null;
  /** Completed replicates. */
  readonly n: number;
}

/** A parameter as an axis. */
export type ParameterAxis =
  | {
    readonly kind: "number";
    readonly name: string;
    readonly scale: "linear" | "log";
    readonly min: number;
    readonly max: number;
    /** Whether some configuration does not have it. */
    readonly hasAbsent: boolean;
  }
  | {
    readonly kind: "choices";
    readonly name: string;
    readonly values: readonly ParameterValue[];
    readonly hasAbsent: boolean;
  };

/** The objective as an axis and as a colour. */
export interface ObjectiveScale {
  readonly metric: string;
  readonly goal: "maximize" | "minimize";
  readonly scale: "linear" | "log";
  readonly min: number;
  readonly max: number;
  /** Values outside of the range on its worse side: they are drawn at its end. */
  readonly beyond: number;
}

/** What a reader asked to see; null and empty: everything. */
export interface ParameterFilter {
  readonly min: number | null;
  readonly max: number | null;
  /** The best so many per cent. */
  readonly top: number | null;
  /** Configurations of which this worker trained a replicate. */
  readonly worker: string | null;
  /** Configurations of which this pack trained a replicate. */
  readonly pack: number | null;
  /** Configurations of which a trial matches: comparisons as on the Trials page. */
  readonly text: string;
  readonly outcomes: readonly Outcome[];
  /** Numbers between two ends, by parameter. */
  readonly ranges: readonly ParameterRange[];
  /** Some of the choices, as text, by parameter. */
  readonly choices: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Two ends of a parameter, each or both. */
export interface ParameterRange {
  readonly name: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** How many configurations there are, and how many of them are shown. */
export interface PointCounts {
  readonly asked: number;
  /** Without any result so far. */
  readonly open: number;
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  /** How many of each the filter lets through. */
  readonly shown: Readonly<Record<Outcome, number>>;
}

/** How a reader wants the axes of parallel coordinates. */
export interface AxesView {
  /** The parameters from left to right. */
  readonly order: readonly string[];
  /** Parameters whose axis stands on its head. */
  readonly flipped: readonly string[];
  readonly isObjectiveFlipped: boolean;
}

/** Parallel coordinates: a line for each configuration that is drawn, worst first. */
export interface ParallelLines {
  readonly lines: readonly ParallelLine[];
  /** Those that could be drawn. */
  readonly total: number;
  /** Configurations that are the best tenth. */
  readonly best: number;
  /** At most so many lines. */
  readonly limit: number;
}

/** One line. */
export interface ParallelLine extends ConfigurationPoint {
  readonly isBest: boolean;
  /** 0, the worst, to 9, the best; null without a number. */
  readonly step: number | null;
}

/** How a cell of the heat map is made from the configurations in it. */
export type CellStatistic = "mean" | "best" | "count" | "sd";

/** Every statistic of a cell, the usual one first. */
export const CELL_STATISTICS: readonly CellStatistic[] = ["mean", "best", "count", "sd"];

/** Values of a parameter that share a column or a row. */
export interface Bin {
  readonly label: string;
  /** One value, several neighbouring choices, or numbers from `min` up to `max`. */
  readonly holds:
    | { readonly kind: "values"; readonly values: readonly ParameterValue[] }
    | { readonly kind: "range"; readonly min: number; readonly max: number };
}

/** A cell of the heat map. */
export interface HeatCell {
  /** Completed configurations in it. */
  readonly n: number;
  readonly diverged: number;
  /** Null: nothing to say. */
  readonly value: number | null;
  readonly step: number | null;
}

/** Any two parameters against each other. */
export interface HeatMap {
  readonly x: string;
  readonly y: string;
  readonly statistic: CellStatistic;
  readonly columns: readonly Bin[];
  /** From the top: the largest first. */
  readonly rows: readonly Bin[];
  /** By rows. */
  readonly cells: readonly (readonly HeatCell[])[];
  /** Configurations in the cells, and those that have no place: one of the two is not active. */
  readonly counted: number;
  readonly left: number;
  /** The ends of the colours: the least and the largest value of a cell. */
  readonly range: readonly [number, number] | null;
}

/** Two numeric parameters with an interpolated surface of the objective. */
export interface ContourMap {
  readonly x: string;
  readonly y: string;
  readonly xAxis: ParameterAxis;
  readonly yAxis: ParameterAxis;
  /** Configurations behind the surface, and those without a number or a place. */
  readonly n: number;
  readonly left: number;
  /** The best half of them, and others evenly. */
  readonly points: readonly ContourPoint[];
  /** Of the surface where something is near; null: too few points for one. */
  readonly range: readonly [number, number] | null;
  /** The kernel's standard deviations, as shares of the axes. */
  readonly bandwidths: readonly [number, number] | null;
  /** Areas of one step of colour, as SVG paths. */
  readonly bands: readonly { readonly step: number; readonly path: string }[];
  readonly levels: readonly { readonly level: number; readonly path: string }[];
  /** Where no configuration is near. */
  readonly gaps: string;
}

/** A configuration on a contour; `x` and `y` are shares of the axes. */
export interface ContourPoint {
  readonly trial: number;
  readonly x: number;
  readonly y: number;
  readonly mean: number;
}

/** How strongly one parameter alone goes with the objective. */
export interface MarginalCorrelation {
  readonly name: string;
  /** Spearman's ρ for numbers, the correlation ratio η for other choices. */
  readonly kind: "spearman" | "eta";
  /** Null: one of the two does not vary. */
  readonly value: number | null;
  readonly n: number;
}

/** A parameter against the objective. */
export interface Slice {
  readonly axis: ParameterAxis;
  readonly points: readonly SlicePoint[];
  /** Configurations that have the parameter and a number. */
  readonly total: number;
  readonly bins: readonly SliceBin[];
}

/** One configuration. */
export interface SlicePoint {
  readonly value: ParameterValue;
  readonly mean: number;
  readonly sd: number | null;
  readonly isBest: boolean;
}

/** All configurations whose value is in a bin. */
export interface SliceBin {
  readonly label: string;
  readonly n: number;
  readonly mean: number | null;
  readonly best: number | null;
}

/** The share of configurations whose objective is at most a value. */
export interface ObjectiveDistribution {
  /** Ascending in both; the first has share 0 unless something diverged when larger is better. */
  readonly steps: readonly (readonly [value: number, share: number])[];
  /** Completed and diverged ones. */
  readonly n: number;
  readonly diverged: number;
  /** Whether only some steps are here: the values at evenly spaced shares. */
  readonly isThinned: boolean;
  /** What the best so many per cent reach; null: they diverged. */
  readonly quantiles: readonly (readonly [percent: number, value: number | null])[];
}

/** The page. */
export interface ParametersSnapshot extends SweepSnapshot {
  /** The address's query, as it was understood. */
  readonly query: string;
  readonly filter: ParameterFilter;
  /** Why the filter cannot be read; then everything is shown. */
  readonly problem: string | null;
  readonly counts: PointCounts;
  readonly axes: readonly ParameterAxis[];
  readonly objective: ObjectiveScale;
  /** Every objective of the sweep; one of them is shown. */
  readonly objectives: readonly string[];
  readonly view: AxesView;
  readonly parallel: ParallelLines;
  /** Null: fewer than two parameters vary. */
  readonly heatMap: HeatMap | null;
  /** Null: fewer than two parameters are numbers. */
  readonly contour: ContourMap | null;
  readonly slices: readonly Slice[];
  /** Of what the filter lets through. */
  readonly importance: Importance;
  readonly correlations: readonly MarginalCorrelation[];
  readonly distribution: ObjectiveDistribution;
}
