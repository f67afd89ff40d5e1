/** The contour of two numeric parameters: an interpolated surface as paths, with the points on top. */
import { shareOf, ticks } from "../client/charts/axis.ts";
import { contourX, contourY } from "../client/parameters/contour_layout.ts";
import type {
  ContourMap,
  ObjectiveScale,
  ParameterAxis,
} from "../client/parameters/parameters_model.ts";
import { type KernelSurface, kernelSurface, scottBandwidths } from "./kernel_surface.ts";
import { levelLine } from "./level_line.ts";
import { thinnedPlaces } from "./parallel_coordinates.ts";
import { colourStep, numericAxis } from "./parameters_axes.ts";
import { gathered, rowsWhere, type ShownPoints } from "./shown_points.ts";

const COLUMNS = 97;
const ROWS = 65;
const MOST_POINTS = 500;
const LEVELS = 8;
/** Fewer say nothing about a surface. */
const LEAST_POINTS = 4;

/** What the contour is made of; `axes` are in the order of the points' values. */
export interface ContourOptions {
  readonly axes: readonly ParameterAxis[];
  readonly x: string;
  readonly y: string;
  readonly objective: Pick<ObjectiveScale, "goal">;
}

/** The contour; null where one of the parameters has no numbers. `shown` come best first. */
export function contourMap(
  shown: ShownPoints,
  { axes, x, y, objective }: ContourOptions,
): ContourMap | null {
  const [atX, atY] = [x, y].map((name) => axes.findIndex((axis) => axis.name === name));
  const xAxis = numericAxis(axes[atX ?? -1]);
  const yAxis = numericAxis(axes[atY ?? -1]);
  if (xAxis === null || yAxis === null || x === y) return null;
  const { all } = shown;
  const across = all.positions(xAxis, atX ?? -1);
  const up = all.positions(yAxis, atY ?? -1);
  const rows = rowsWhere(
    shown.finite,
    (row) => !Number.isNaN((across[row] ?? NaN) + (up[row] ?? NaN)),
  );
  const base = { x, y, xAxis, yAxis, n: rows.length, left: shown.length - rows.length };
  if (rows.length < LEAST_POINTS) {
    return { ...base, points: [], range: null, bandwidths: null, bands: [], levels: [], gaps: "" };
  }
  const placed = {
    x: gathered(across, rows),
    y: gathered(up, rows),
    value: gathered(all.means, rows),
  };
  const bandwidths = scottBandwidths(placed);
  const surface = kernelSurface(placed, { columns: COLUMNS, rows: ROWS, bandwidths });
  const range = rangeOf(surface);
  return {
    ...base,
    points: thinnedPlaces(rows.length, MOST_POINTS).flatMap((place) =>
      shown.pointAt(rows[place] ?? NaN).map(({ trial }) => ({
        trial,
        x: placed.x[place] ?? 0,
        y: placed.y[place] ?? 0,
        mean: placed.value[place] ?? 0,
      }))
    ),
    range,
    bandwidths,
    ...paths(surface, { range, objective }),
  };
}

function rangeOf({ values, isSupported }: KernelSurface): readonly [number, number] {
  const some = values.filter((_, index) => isSupported[index]);
  return [some.reduce((a, b) => Math.min(a, b)), some.reduce((a, b) => Math.max(a, b))];
}

function paths(
  surface: KernelSurface,
  { range: [min, max], objective: { goal } }: {
    readonly range: readonly [number, number];
    readonly objective: Pick<ObjectiveScale, "goal">;
  },
): Pick<ContourMap, "bands" | "levels" | "gaps"> {
  const { columns, rows, values, isSupported } = surface;
  const stepOf = (node: number): number => {
    if (!isSupported[node]) return -1;
    const share = max > min ? shareOf(values[node] ?? 0, [min, max]) : 1;
    return colourStep(goal === "maximize" || max === min ? share : 1 - share);
  };
  const runs = runsOf(surface, stepOf);
  const known = values.map((value, node) => isSupported[node] ? value : NaN);
  const place = (column: number, row: number): string =>
    `${round(contourX(column / (columns - 1)))} ${round(contourY(row / (rows - 1)))}`;
  const grid = { x: { count: columns }, y: { count: rows }, values: known };
  return {
    bands: [...runs].filter(([step]) => step >= 0).map(([step, path]) => ({ step, path })),
    gaps: runs.get(-1) ?? "",
    levels: max > min
      ? ticks([min, max], LEVELS).map((level) => ({
        level,
        path: levelLine(grid, { level, place }),
      }))
        .filter(({ path }) => path !== "")
      : [],
  };
}

/** Nodes as little rectangles around them, neighbours of one step in one piece: a path by step. */
function runsOf(
  { columns, rows }: KernelSurface,
  stepOf: (node: number) => number,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const edge = (index: number, count: number): number =>
    Math.max(0, Math.min(1, (index - 0.5) / (count - 1)));
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [contourY(edge(row + 1, rows)), contourY(edge(row, rows))];
    for (let start = 0; start < columns;) {
      const step = stepOf(row * columns + start);
      let end = start + 1;
      while (end < columns && stepOf(row * columns + end) === step) end++;
      const [from, to] = [contourX(edge(start, columns)), contourX(edge(end, columns))];
      const piece = `M${round(from)} ${round(top)}H${round(to)}V${round(bottom)}H${round(from)}z`;
      found.set(step, (found.get(step) ?? "") + piece);
      start = end;
    }
  }
  return found;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
