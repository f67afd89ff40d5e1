/** Points of a search space by columns: a position on every axis and a loss. */
import type { ParameterValue } from "../hyperparameters.ts";
import type { Goal } from "../objective.ts";
import type { Parameter } from "../search_space.ts";
import { type Axis, axisOf, type PositionReader } from "./axis.ts";
import type { ImportanceColumns, ImportanceInput, ImportancePoint } from "./importance.ts";

/** Columns of equal length, one entry for each point. */
export interface PointTable {
  readonly size: number;
  /** One for each parameter of the space, in its order. */
  readonly columns: readonly PointColumn[];
  /** Smaller is better, all finite; a diverged point has the worst finite one. */
  readonly losses: Float64Array;
  readonly diverged: number;
  /** What a reader has to know of the points. */
  readonly notes: readonly string[];
  /** Whether there is anything to explain: two points with different losses. */
  readonly hasContrast: boolean;
}

/** One parameter of all points. */
export interface PointColumn {
  readonly name: string;
  readonly axis: Axis;
  /** NaN where the parameter is inactive. */
  readonly positions: Float64Array;
  /** Points in which it is active. */
  readonly active: number;
}

/** The columns of some points, which stay as they are; the reader says what their positions are. */
export function tabulate(
  { space, points, goal }: ImportanceInput,
  readerOf: (axis: Axis) => PositionReader,
): PointTable {
  const columns = space.map(({ name }) => valuesOf(points, name));
  const objectives = Float64Array.from(points, ({ value }) => value);
  return tabulateColumns({ space, goal, columns, objectives }, readerOf);
}

/** The same of points that are columns already. */
export function tabulateColumns(
  { space, goal, columns: values, objectives }: ImportanceColumns,
  readerOf: (axis: Axis) => PositionReader,
): PointTable {
  const size = objectives.length;
  const { losses, diverged } = lossesOf(objectives, goal);
  const hasContrast = losses.some((loss) => loss !== losses[0]);
  const notes = [...divergenceNotes(diverged, size), ...contrastNotes(size, hasContrast)];
  const columns = space.map((parameter, place) =>
    columnOf(parameter, values[place] ?? [], readerOf)
  );
  return { size, columns, losses, diverged, notes, hasContrast };
}

function columnOf(
  { name, domain }: Parameter,
  values: readonly (ParameterValue | undefined)[],
  readerOf: (axis: Axis) => PositionReader,
): PointColumn {
  const observed: ParameterValue[] = [];
  const positions = new Float64Array(values.length);
  // Loops, because sweeps have many thousand points: callbacks for each would take most of the time.
  for (const value of values) {
    if (value !== undefined) observed.push(value);
  }
  const axis = axisOf(domain, observed);
  const read = readerOf(axis);
  let active = 0;
  let place = 0;
  for (const value of values) {
    const position = read(value);
    if (!Number.isNaN(position)) active++;
    positions[place++] = position;
  }
  return { name, axis, positions, active };
}

/** A parameter's own values: `toString` is no parameter, though every object has one. */
function valuesOf(
  points: readonly ImportancePoint[],
  name: string,
): readonly (ParameterValue | undefined)[] {
  const isInherited = name in Object.prototype;
  return points.map(({ hyperparameters }) =>
    isInherited && !Object.hasOwn(hyperparameters, name) ? undefined : hyperparameters[name]
  );
}

/** Smaller is better; what diverged gets the worst finite one, or 0 where there is none. */
function lossesOf(
  objectives: Float64Array,
  goal: Goal,
): { readonly losses: Float64Array; readonly diverged: number } {
  const losses = new Float64Array(objectives.length);
  let worst = -Infinity;
  let diverged = 0;
  for (let place = 0; place < objectives.length; place++) {
    const value = objectives[place] ?? NaN;
    const loss = goal === "minimize" ? value : -value;
    losses[place] = loss;
    if (!Number.isFinite(loss)) diverged++;
    else if (loss > worst) worst = loss;
  }
  if (diverged === 0) return { losses, diverged };
  const filler = Number.isFinite(worst) ? worst : 0;
  return { losses: losses.map((loss) => Number.isFinite(loss) ? loss : filler), diverged };
}

function divergenceNotes(diverged: number, size: number): readonly string[] {
  if (diverged === 0) return [];
  if (diverged === size) return ["Every configuration diverged"];
  return [
    `${diverged} diverged ${diverged === 1 ? "configuration counts" : "configurations count"} ` +
    "as the worst finite value",
  ];
}

function contrastNotes(size: number, hasContrast: boolean): readonly string[] {
  if (hasContrast) return [];
  if (size < 2) return [`${size} configurations cannot be compared, so that every share is 0`];
  return ["All configurations have the same objective, so that every share is 0"];
}
