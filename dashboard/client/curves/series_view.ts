/** Whole curves by epoch as a picture of lines: the small charts draw them as the Curves page does. Pure. */
import { NO_FILTER } from "../parts/filter_line.tsx";
import type { CurveRef, CurveSeries } from "../model.ts";
import type { DrawnLine, DrawnView } from "./lines_axes.ts";

/** Curves of some trials in one metric. */
export interface SeriesOfTrials {
  readonly metric: string;
  /** Those without a rank stand beside the others, thin and grey. */
  readonly curves: readonly CurveRef[];
  readonly series: readonly CurveSeries[];
}

const PLAIN: Omit<DrawnView, "metric" | "lines" | "whole" | "range" | "drawn" | "matching"> = {
  asOf: "",
  query: {
    metric: null,
    show: "best",
    top: 8,
    trials: [],
    text: "",
    state: null,
    worker: null,
    pack: null,
    group: null,
    x: "epoch",
    smooth: 0,
    isLogX: false,
    isLogY: false,
    from: null,
    to: null,
  },
  metrics: [],
  parameters: [],
  hasSteps: false,
  filter: NO_FILTER,
  problem: null,
  groups: null,
  unshown: 0,
  names: [],
};

/** The picture. @param tagOf What is said of a curve beside its name: its rank unless told. */
export function viewOfSeries(
  { metric, curves, series }: SeriesOfTrials,
  tagOf: (curve: CurveRef) => string = rankOf,
): DrawnView {
  const byTrial = new Map(series.map((one) => [one.trial, one]));
  const lines = curves.map((curve): DrawnLine => {
    const { trial, rank, label } = curve;
    const { points = [], reported = 0 } = byTrial.get(trial) ?? {};
    return {
      trial,
      tag: tagOf(curve),
      label,
      isAside: rank === null,
      inRange: points.length,
      reported,
      x: points.map(([epoch]) => epoch),
      n: points.map(() => 1),
      y: points.map(([, value]) => value),
      low: null,
      high: null,
      raw: null,
      marks: [],
    };
  });
  const end = lines.reduce((most, { x }) => Math.max(most, x.at(-1) ?? 0), 1);
  return {
    ...PLAIN,
    metric,
    lines,
    drawn: lines.length,
    matching: lines.length,
    whole: [0, end],
    range: [0, end],
  };
}

function rankOf({ rank, isPaused }: CurveRef): string {
  if (rank !== null) return `#${rank}`;
  return isPaused ? "paused" : "running";
}

/** Where the server has all points of some trials' curves. */
export function csvOfCurves(sweep: string, metric: string, trials: readonly number[]): string {
  const query = new URLSearchParams({ metric, trials: trials.join() });
  return `/api/v1/sweeps/${sweep}/curves.csv?${query}`;
}
