/** The axes of a picture of lines: the same for the still picture and for the live one. */
import { rangeOf, ticks } from "../charts/axis.ts";
import { logTicks } from "../charts/scale.ts";
import type { Range } from "../model.ts";
import { formatCount, formatNumber, formatValue } from "../parts/format.ts";
import type { CurveLine, CurvesView } from "./curves_model.ts";
import type { CurveX } from "./curves_query.ts";

/** What x is, in words. */
export const X_NAMES: { readonly [X in CurveX]: string } = {
  epoch: "epoch",
  step: "step",
  samples: "training examples seen",
  wall: "time since the trial began",
  relative: "time since the sweep began",
};

/** A line as it is drawn. */
export interface DrawnLine extends CurveLine {
  /** It stands beside those that matter, thin and grey. */
  readonly isAside?: boolean;
}

/** A picture of lines. */
export type DrawnView = Omit<CurvesView, "lines"> & { readonly lines: readonly DrawnLine[] };

/** Dashes of lines by their order, so that no line is told by its colour alone; empty: solid. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2]];

/** The dashes of a line: with its colour they are those of no other one of the first forty. */
export function dashOf(index: number, { isAside }: DrawnLine): readonly number[] {
  return isAside ? [4, 3] : DASHES[index % DASHES.length] ?? [];
}

/** The class that gives a line its colour. */
export function lineClass(index: number, { isAside }: DrawnLine): string {
  return isAside ? "curve-running" : `curve-${index % 8}`;
}

/**
 * A value of x as text.
 * @param size What the unit of a time is chosen by: on an axis, its end.
 */
export function formatX(value: number, x: CurveX, size: number = Math.abs(value)): string {
  if (x === "epoch") return formatValue(value);
  if (x === "step" || x === "samples") return formatCount(value);
  if (size < 120) return `${formatValue(Number(value.toFixed(1)))} s`;
  if (size < 7200) return `${formatValue(Number((value / 60).toFixed(1)))} min`;
  return `${formatValue(Number((value / 3600).toFixed(2)))} h`;
}

/** Ticks of x: whole epochs and steps; times by their unit. */
export function xTicks(range: Range, view: CurvesView, most: number): readonly number[] {
  const { x, isLogX } = view.query;
  if (isLogX) return logTicks(range[0], range[1], most);
  if (x !== "wall" && x !== "relative") return ticks(range, most).filter(Number.isInteger);
  const unit = range[1] < 120 ? 1 : range[1] < 7200 ? 60 : 3600;
  return ticks([range[0] / unit, range[1] / unit], most).map((value) => value * unit);
}

/** Ticks of y. */
export function yTicks(range: Range, view: CurvesView): readonly number[] {
  return view.query.isLogY ? logTicks(range[0], range[1], 7) : ticks(range, 6);
}

/** The range of y that holds all that is drawn, with a little air. */
export function yRange({ lines, query, range }: CurvesView): Range {
  const values = lines.flatMap(({ x, n, y, low, high, raw }) => {
    const isShown = x.map((at, index) => (n[index] ?? 0) > 0 && at >= range[0] && at <= range[1]);
    return [y, low ?? [], high ?? [], raw ?? []].flatMap((column) =>
      column.filter((value, index) => isShown[index] && !(query.isLogY && value <= 0))
    );
  });
  if (!query.isLogY) return rangeOf(values, 0.06);
  if (values.length === 0) return [0.1, 1];
  const [lower, upper] = rangeOf(values.map(Math.log), 0.04);
  return [Math.exp(lower), Math.exp(upper)];
}

/** A place on a line in words. */
export function describePlace(view: CurvesView, line: CurveLine, index: number): string {
  const { metric, query } = view;
  const value = (of: readonly number[]): string => formatNumber(of[index] ?? 0);
  const at =
    `${line.label} · ${query.x === "wall" || query.x === "relative" ? "" : `${query.x} `}` +
    `${formatX(line.x[index] ?? 0, query.x)} · ${metric} `;
  const { low, high, raw, n } = line;
  const count = n[index] ?? 0;
  const raws = raw === null ? "" : `, not smoothed ${value(raw)}`;
  if (line.trial === null) {
    return `${at}median ${value(line.y)}, middle half ${value(low ?? line.y)} to ${
      value(high ?? line.y)
    }, ${count} ${count === 1 ? "trial" : "trials"}`;
  }
  if (low === null || high === null || count <= 1) return `${at}${value(line.y)}${raws}`;
  return `${at}${value(line.y)}${raws}; ${count} points from ${value(low)} to ${value(high)}`;
}
