/**
 * A parameter as estimators of importance see it: a range of numbers on the scale on which it is
 * searched, a list of choices, or nothing that varies.
 */
import type { ParameterValue } from "../hyperparameters.ts";
import type { ParameterDomain, Scale } from "../search_space.ts";

/** One dimension of the space. */
export type Axis = ConstantAxis | NumericAxis | CategoricalAxis;

/** Nothing varies, so nothing can be important. */
export interface ConstantAxis {
  readonly kind: "constant";
}

/** Numbers on the scale on which they are searched: positions are logarithms where it is one. */
export interface NumericAxis {
  readonly kind: "numeric";
  readonly scale: Scale;
  /** Positions of the least and the greatest value. */
  readonly low: number;
  readonly high: number;
  /** The same with the halves of the first and last cell, where values are discrete. */
  readonly edges: readonly [lower: number, upper: number];
  /** Values that a grid over the axis should tell apart, at most `GRID_CELLS`. */
  readonly cells: number;
}

/** Choices without an order. */
export interface CategoricalAxis {
  readonly kind: "categorical";
  readonly choices: readonly ParameterValue[];
}

/** Cells of the grid over a continuous parameter. */
export const GRID_CELLS = 50;

const CONSTANT: ConstantAxis = { kind: "constant" };

/** The axis of a parameter of which these values were seen where it was active. */
export function axisOf(domain: ParameterDomain, observed: readonly ParameterValue[]): Axis {
  if (!varies(observed)) return CONSTANT;
  switch (domain.kind) {
    case "values":
      return domain.values.length < 2 ? CONSTANT : { kind: "categorical", choices: domain.values };
    case "float":
    case "int":
      return numericAxis(domain.scale, { ...domain, step: stepOf(domain) });
    default:
      return domain satisfies never;
  }
}

/**
 * Reads positions on an axis: the index of a choice, or a number within the bounds, to which values
 * from before an extension changed them are clipped; NaN where the parameter is inactive.
 */
export function positionReader(axis: Axis): (value: ParameterValue | undefined) => number {
  switch (axis.kind) {
    case "constant":
      return (value) => value === undefined ? NaN : 0;
    case "numeric": {
      const { scale, low, high } = axis;
      return (value) => {
        if (typeof value !== "number") return NaN;
        return Math.min(high, Math.max(low, onScale(scale, value)));
      };
    }
    case "categorical": {
      const places = new Map(axis.choices.map((choice, place) => [choice, place]));
      return (value) => value === undefined ? NaN : places.get(value) ?? NaN;
    }
    default:
      return axis satisfies never;
  }
}

function varies(values: readonly ParameterValue[]): boolean {
  return values.some((value) => value !== values[0]);
}

function numericAxis(
  scale: Scale,
  { min, max, step }: { readonly min: number; readonly max: number; readonly step: number | null },
): Axis {
  if (!(max > min)) return CONSTANT;
  const half = (step ?? 0) / 2;
  const low = onScale(scale, min);
  const high = onScale(scale, max);
  // A first cell that would begin at 0 has no logarithm: it begins at its value.
  const first = scale === "log" && min <= half ? low : onScale(scale, min - half);
  const edges = [first, onScale(scale, max + half)] as const;
  return { kind: "numeric", scale, low, high, edges, cells: cellsOf(scale, { min, max, step }) };
}

/** As many as there are values; on a logarithmic scale one for each doubling of their number. */
function cellsOf(
  scale: Scale,
  { min, max, step }: { readonly min: number; readonly max: number; readonly step: number | null },
): number {
  if (step === null) return GRID_CELLS;
  const values = Math.round((max - min) / step) + 1;
  const wanted = scale === "log" ? Math.ceil(Math.log2(values)) + 1 : values;
  return Math.max(2, Math.min(GRID_CELLS, wanted));
}

function stepOf(domain: Extract<ParameterDomain, { kind: "float" | "int" }>): number | null {
  if ("step" in domain && typeof domain.step === "number") return domain.step;
  return domain.kind === "int" ? 1 : null;
}

function onScale(scale: Scale, value: number): number {
  return scale === "log" ? Math.log(value) : value;
}
