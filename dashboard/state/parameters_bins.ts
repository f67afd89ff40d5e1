/** Values of a parameter in few groups: columns of a heat map, rows of a table. */
import { valueAtShare } from "../client/charts/axis.ts";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { formatValue } from "../client/parts/format.ts";
import type { Bin, ParameterAxis } from "../client/parameters/parameters_model.ts";
import { isNumber, positionOn } from "./parameters_axes.ts";

/** Values that each have a group of their own; more are taken together. */
const SINGLES = 12;
/** Groups of numbers that are taken together. */
const GROUPS = 8;

/** The groups of an axis and the group of a value. */
export interface Binning {
  readonly bins: readonly Bin[];
  /** The number of the value's group; null: it has none. */
  readonly binOf: (value: ParameterValue | null) => number | null;
}

/** Few values have a group each; numbers are cut at equal distances of their axis. */
export function binning(
  axis: ParameterAxis,
  seen: Iterable<ParameterValue | null>,
): Binning {
  if (axis.kind === "choices") return groupsOf(axis.values);
  const numbers = fewNumbers(seen);
  if (numbers !== null) return groupsOf(numbers.sort((a, b) => a - b));
  return rangesOf(axis);
}

/** The distinct numbers; null: there are more than are shown one by one. */
function fewNumbers(seen: Iterable<ParameterValue | null>): number[] | null {
  const distinct = new Set<number>();
  for (const value of seen) {
    if (value === null || !isNumber(value)) continue;
    distinct.add(value);
    if (distinct.size > SINGLES) return null;
  }
  return [...distinct];
}

function groupsOf(values: readonly ParameterValue[]): Binning {
  const size = Math.ceil(values.length / SINGLES);
  const bins: Bin[] = [];
  for (let start = 0; start < values.length; start += size) {
    const group = values.slice(start, start + size);
    const [first, last] = [group[0] ?? "", group.at(-1) ?? ""];
    const label = group.length === 1
      ? formatValue(first)
      : `${formatValue(first)} … ${formatValue(last)}`;
    bins.push({ label, holds: { kind: "values", values: group } });
  }
  const places = new Map(values.map((value, index) => [value, Math.floor(index / size)]));
  return { bins, binOf: (value) => value === null ? null : places.get(value) ?? null };
}

function rangesOf(axis: Extract<ParameterAxis, { readonly kind: "number" }>): Binning {
  const edges = Array.from({ length: GROUPS + 1 }, (_, index) => valueOn(axis, index / GROUPS));
  const bins = edges.slice(1).map((max, index): Bin => {
    const min = edges[index] ?? max;
    return { label: `${brief(min)} to ${brief(max)}`, holds: { kind: "range", min, max } };
  });
  return {
    bins,
    binOf: (value) => {
      const position = positionOn(axis, value);
      if (position === null) return null;
      return Math.max(0, Math.min(GROUPS - 1, Math.floor(position * GROUPS)));
    },
  };
}

/** The value at a position of an axis of numbers. */
export function valueOn(
  { scale, min, max }: Extract<ParameterAxis, { readonly kind: "number" }>,
  position: number,
): number {
  if (position === 0) return min;
  if (position === 1) return max;
  return scale === "log"
    ? min ** (1 - position) * max ** position
    : valueAtShare(position, [min, max]);
}

function brief(value: number): string {
  return String(Number(value.toPrecision(3)));
}
