/** Points of a search space by columns: a position on every axis and a loss. */
import type { ParameterValue } from "../hyperparameters.ts";
import { type Axis, axisOf, positionReader } from "./axis.ts";
import type { ImportanceInput } from "./importance.ts";

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

/** The columns of some points, which stay as they are. */
export function tabulate({ space, points, goal }: ImportanceInput): PointTable {
  const size = points.length;
  const columns = space.map(({ name, domain }): PointColumn => {
    const values = points.map(({ hyperparameters }) => valueOf(hyperparameters, name));
    const axis = axisOf(domain, values.filter((value) => value !== undefined));
    const positions = Float64Array.from(values, positionReader(axis));
    return { name, axis, positions, active: positions.filter((at) => !Number.isNaN(at)).length };
  });
  const sign = goal === "minimize" ? 1 : -1;
  const losses = Float64Array.from(points, ({ value }) => sign * value);
  const finite = losses.filter((loss) => Number.isFinite(loss));
  const worst = finite.reduce((most, loss) => Math.max(most, loss), -Infinity);
  const filled = losses.map((loss) => Number.isFinite(loss) ? loss : Number.isFinite(worst) ? worst : 0);
  const diverged = size - finite.length;
  const hasContrast = filled.some((loss) => loss !== filled[0]);
  const notes = [...divergenceNotes(diverged, size), ...contrastNotes(size, hasContrast)];
  return { size, columns, losses: filled, diverged, notes, hasContrast };
}

/** A parameter's own value: `toString` is no parameter. */
function valueOf(
  hyperparameters: Readonly<Record<string, ParameterValue>>,
  name: string,
): ParameterValue | undefined {
  return Object.hasOwn(hyperparameters, name) ? hyperparameters[name] : undefined;
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
