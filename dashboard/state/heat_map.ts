/** Any two parameters against each other: what the configurations of each pair of values come to. */
import { shareOf } from "../client/charts/axis.ts";
import type {
  CellStatistic,
  HeatCell,
  HeatMap,
  ObjectiveScale,
  ParameterAxis,
} from "../client/parameters/parameters_model.ts";
import { binning } from "./parameters_bins.ts";
import { colourStep } from "./parameters_axes.ts";
import type { ShownPoints } from "./shown_points.ts";

/** What the map is made of; `axes` are in the order of the points' values. */
export interface HeatMapOptions {
  readonly axes: readonly ParameterAxis[];
  readonly x: string;
  readonly y: string;
  readonly statistic: CellStatistic;
  readonly objective: Pick<ObjectiveScale, "goal">;
}

interface Cell {
  readonly means: number[];
  diverged: number;
}

/** The map; null if one of the parameters is none, or both are the same. */
export function heatMap(
  shown: ShownPoints,
  { axes, x, y, statistic, objective }: HeatMapOptions,
): HeatMap | null {
  const [column, row] = [x, y].map((name) => axes.findIndex((axis) => axis.name === name));
  const [xAxis, yAxis] = [axes[column ?? -1], axes[row ?? -1]];
  if (column === undefined || row === undefined || column === row) return null;
  if (xAxis === undefined || yAxis === undefined) return null;
  const { rows } = shown;
  const across = binning(shown, { axis: xAxis, index: column, rows });
  const down = binning(shown, { axis: yAxis, index: row, rows });
  const cells = down.bins.map(() => across.bins.map((): Cell => ({ means: [], diverged: 0 })));
  const counted = fill(cells, shown, { across: across.binOf, down: down.binOf });
  const told = cells.map((line) => line.map((cell) => tell(cell, statistic, objective)));
  const range = rangeOfCells(told);
  return {
    x,
    y,
    statistic,
    columns: across.bins,
    rows: down.bins.toReversed(),
    cells: told.map((line) =>
      line.map((cell) => ({ ...cell, step: stepIn(cell, { range, statistic, objective }) }))
    ).reverse(),
    counted,
    left: shown.length - counted,
    range,
  };
}

/** Puts results into their cells. Returns how many have one. */
function fill(
  cells: readonly (readonly Cell[])[],
  { all: { means }, results }: ShownPoints,
  { across, down }: { readonly across: Int16Array; readonly down: Int16Array },
): number {
  let counted = 0;
  for (let at = 0; at < results.length; at++) {
    const row = results[at] ?? 0;
    const cell = cells[down[row] ?? -1]?.[across[row] ?? -1];
    if (cell === undefined) continue;
    counted++;
    const mean = means[row] ?? NaN;
    if (Number.isNaN(mean)) cell.diverged++;
    else cell.means.push(mean);
  }
  return counted;
}

type Told = Omit<HeatCell, "step">;

function tell(
  { means, diverged }: Cell,
  statistic: CellStatistic,
  { goal }: Pick<ObjectiveScale, "goal">,
): Told {
  return { n: means.length, diverged, value: valueOf({ means, diverged }, statistic, goal) };
}

function valueOf(
  { means, diverged }: Cell,
  statistic: CellStatistic,
  goal: ObjectiveScale["goal"],
): number | null {
  const n = means.length;
  const sum = means.reduce((total, mean) => total + mean, 0);
  switch (statistic) {
    case "count":
      return n + diverged === 0 ? null : n + diverged;
    case "mean":
      return n === 0 ? null : sum / n;
    case "best":
      return n === 0
        ? null
        : means.reduce((a, b) => goal === "maximize" ? Math.max(a, b) : Math.min(a, b));
    case "sd":
      return n < 2
        ? null
        : Math.sqrt(means.reduce((total, mean) => total + (mean - sum / n) ** 2, 0) / (n - 1));
    default:
      return statistic satisfies never;
  }
}

function rangeOfCells(cells: readonly (readonly Told[])[]): readonly [number, number] | null {
  const values = cells.flatMap((line) =>
    line.flatMap(({ value }) => value === null ? [] : [value])
  );
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}

/** Better is stronger; of counts and spreads more is. */
function stepIn(
  { value }: Told,
  { range, statistic, objective: { goal } }: {
    readonly range: readonly [number, number] | null;
    readonly statistic: CellStatistic;
    readonly objective: Pick<ObjectiveScale, "goal">;
  },
): number | null {
  if (value === null || range === null) return null;
  const [min, max] = range;
  const share = max > min ? shareOf(value, range) : 1;
  const isFlipped = goal === "minimize" && (statistic === "mean" || statistic === "best");
  return colourStep(isFlipped && max > min ? 1 - share : share);
}

/** The two parameters that are looked at first: learning rate by width, else the most important. */
export function usualPair(
  axes: readonly ParameterAxis[],
  important: readonly string[],
): readonly [x: string, y: string] | null {
  const names = axes.map(({ name }) => name);
  const rate = names.find((name) => /^(?:lr|learning_?rate)$/i.test(name));
  const width = names.find((name) => /width|units|hidden/i.test(name) && name !== rate);
  const order = [...important, ...names];
  const x = (width === undefined ? undefined : rate) ?? order[0];
  const y = (rate === undefined ? undefined : width) ?? order.find((name) => name !== x);
  return x === undefined || y === undefined ? null : [x, y];
}
