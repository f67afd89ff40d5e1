/**
 * A parameter as estimators of importance see it: numbers on the scale on which they are searched,
 * choices without an order, or nothing that varies.
 */
import type { ParameterValue } from "../hyperparameters.ts";
import type { ParameterDomain, Scale } from "../search_space.ts";
import { unitOf, weightsOf } from "../space_codec.ts";

/** One dimension of the space. */
export type Axis = ConstantAxis | NumericAxis | CategoricalAxis;

/** Nothing varies, so nothing can be important. */
export interface ConstantAxis {
  readonly kind: "constant";
}

/** Numbers: a grid over them, and the domain that says how likely they are. */
export interface NumericAxis {
  readonly kind: "numeric";
  readonly domain: ParameterDomain;
  readonly scale: Scale;
  /** The first and the last point of the grid, on the scale. */
  readonly low: number;
  readonly high: number;
  /** Points of the grid: one for each value of the domain, at most `GRID_CELLS`. */
  readonly cells: number;
}

/** Choices with the probabilities of the domain. */
export interface CategoricalAxis {
  readonly kind: "categorical";
  readonly choices: readonly ParameterValue[];
  readonly weights: readonly number[];
}

/** Reads a value's position on an axis; NaN where the parameter is inactive. */
export type PositionReader = (value: ParameterValue | undefined) => number;

/** Cells of the grid over a continuous parameter. */
export const GRID_CELLS = 50;

const CONSTANT: ConstantAxis = { kind: "constant" };

/** The axis of a parameter of which these values were seen where it was active. */
export function axisOf(domain: ParameterDomain, observed: readonly ParameterValue[]): Axis {
  if (observed.every((value) => value === observed[0])) return CONSTANT;
  switch (domain.kind) {
    case "values":
      if (domain.values.length < 2) return CONSTANT;
      return { kind: "categorical", choices: domain.values, weights: weightsOf(domain) };
    case "float":
    case "int": {
      const { scale, min, max, step = domain.kind === "int" ? 1 : null } = domain;
      return numericAxis(domain, { scale, min, max, step });
    }
    case "normal": {
      const { scale, step = null } = domain;
      return numericAxis(domain, { scale, ...extremes(observed), step });
    }
    default:
      return domain satisfies never;
  }
}

/**
 * Reads cells: of a numeric axis the nearest point of the grid, the lower one of two as near, of a
 * categorical one the choice. Values from before an extension changed the bounds are in the last
 * cell on their side.
 */
export function cellReader(axis: Axis): PositionReader {
  if (axis.kind !== "numeric") return choiceReader(axis);
  const { scale, low, high, cells } = axis;
  const width = (high - low) / (cells - 1);
  return (value) => {
    if (typeof value !== "number") return NaN;
    const cell = Math.ceil((onScale(scale, value) - low) / width - 0.5);
    return Math.min(cells - 1, Math.max(0, cell));
  };
}

/**
 * Reads places in the unit interval, of which equal lengths are equally likely, of a categorical
 * axis the choice.
 */
export function unitReader(axis: Axis): PositionReader {
  if (axis.kind !== "numeric") return choiceReader(axis);
  const { domain } = axis;
  return (value) => typeof value === "number" ? unitOf(domain, value) : NaN;
}

function choiceReader(axis: ConstantAxis | CategoricalAxis): PositionReader {
  if (axis.kind === "constant") return (value) => value === undefined ? NaN : 0;
  const places = new Map(axis.choices.map((choice, place) => [choice, place]));
  return (value) => value === undefined ? NaN : places.get(value) ?? NaN;
}

interface GridBounds {
  readonly scale: Scale;
  readonly min: number;
  readonly max: number;
  readonly step: number | null;
}

function numericAxis(domain: ParameterDomain, bounds: GridBounds): Axis {
  const { scale, min, max } = bounds;
  if (!(max > min)) return CONSTANT;
  const low = onScale(scale, min);
  const high = onScale(scale, max);
  return { kind: "numeric", domain, scale, low, high, cells: cellsOf(bounds) };
}

/** As many as there are values; on a logarithmic scale one for each doubling of their number. */
function cellsOf({ scale, min, max, step }: GridBounds): number {
  if (step === null) return GRID_CELLS;
  const values = Math.round((max - min) / step) + 1;
  const wanted = scale === "log" ? Math.ceil(Math.log2(values)) + 1 : values;
  return Math.max(2, Math.min(GRID_CELLS, wanted));
}

/** A normal distribution has no bounds: its grid goes as far as was seen. */
function extremes(
  values: readonly ParameterValue[],
): { readonly min: number; readonly max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (typeof value !== "number") continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}

function onScale(scale: Scale, value: number): number {
  return scale === "log" ? Math.log(value) : value;
}
