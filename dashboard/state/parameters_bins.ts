/** Values of a parameter in few groups: columns of a heat map, rows of a table. */
import { valueAtShare } from "../client/charts/axis.ts";
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { formatValue } from "../client/parts/format.ts";
import type { Bin, ParameterAxis } from "../client/parameters/parameters_model.ts";
import {
  type ParameterColumn,
  type PointColumns,
  type ShownPoints,
  valueIn,
} from "./shown_points.ts";

/** Values that each have a group of their own; more are taken together. */
const SINGLES = 12;
/** Groups of numbers that are taken together. */
const GROUPS = 8;

/** The groups of an axis, and the group of each row; -1: it has none. */
export interface Binning {
  readonly bins: readonly Bin[];
  readonly binOf: Int16Array;
}

/** Groups that are the same whatever is shown. */
const lasting = new WeakMap<PointColumns, Map<string, Binning>>();

/** Few values have a group each; numbers are cut at equal distances of their axis. */
export function binning(
  { all }: Pick<ShownPoints, "all">,
  { axis, index, rows }: {
    readonly axis: ParameterAxis;
    readonly index: number;
    /** Whose values are looked at. */
    readonly rows: Uint32Array;
  },
): Binning {
  const column = all.parameter(index);
  if (axis.kind === "number") {
    const numbers = fewNumbers(column, rows);
    if (numbers !== null) {
      return groupsOf(numbers.sort((a, b) => a - b), { column, rows });
    }
  }
  const made = lasting.get(all) ?? new Map<string, Binning>();
  lasting.set(all, made);
  const name = `${index} ${JSON.stringify(axis)}`;
  const found = made.get(name) ??
    (axis.kind === "number"
      ? rangesOf(axis, all.positions(axis, index))
      : groupsOf(axis.values, { column, rows: column.numbers.keys() }));
  made.set(name, found);
  return found;
}

/** The distinct numbers; null: there are more than are shown one by one. */
function fewNumbers({ numbers }: ParameterColumn, rows: Uint32Array): number[] | null {
  const distinct = new Set<number>();
  for (const row of rows) {
    const value = numbers[row] ?? NaN;
    if (Number.isNaN(value)) continue;
    distinct.add(value);
    if (distinct.size > SINGLES) return null;
  }
  return [...distinct];
}

function groupsOf(
  values: readonly ParameterValue[],
  { column, rows }: { readonly column: ParameterColumn; readonly rows: Iterable<number> },
): Binning {
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
  const binOf = new Int16Array(column.numbers.length).fill(-1);
  for (const row of rows) {
    const value = valueIn(column, row);
    if (value !== null) binOf[row] = places.get(value) ?? -1;
  }
  return { bins, binOf };
}

function rangesOf(
  axis: Extract<ParameterAxis, { readonly kind: "number" }>,
  positions: Float64Array,
): Binning {
  const edges = Array.from({ length: GROUPS + 1 }, (_, index) => valueOn(axis, index / GROUPS));
  const bins = edges.slice(1).map((max, index): Bin => {
    const min = edges[index] ?? max;
    return { label: `${brief(min)} to ${brief(max)}`, holds: { kind: "range", min, max } };
  });
  const binOf = new Int16Array(positions.length).fill(-1);
  for (let row = 0; row < positions.length; row++) {
    const position = positions[row] ?? NaN;
    if (Number.isNaN(position)) continue;
    binOf[row] = Math.max(0, Math.min(GROUPS - 1, Math.floor(position * GROUPS)));
  }
  return { bins, binOf };
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
