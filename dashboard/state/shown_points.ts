/** The configurations of a sweep by columns, and which of them are shown: charts of very many. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { numberOrder } from "../../core/domain/number_order.ts";
import {
  type ConfigurationPoint,
  type Outcome,
  OUTCOMES,
  type ParameterAxis,
} from "../client/parameters/parameters_model.ts";
import { positionOn } from "./parameters_axes.ts";

/** One parameter of all configurations. */
export interface ParameterColumn {
  /** NaN: absent, or no number. */
  readonly numbers: Float64Array;
  /** Every value, where some value is no number; else null. */
  readonly mixed: readonly (ParameterValue | null)[] | null;
  /** Whether every configuration has it. */
  readonly isWhole: boolean;
}

/** The value of a configuration; null: it has none. */
export function valueIn({ numbers, mixed }: ParameterColumn, row: number): ParameterValue | null {
  if (mixed !== null) return mixed[row] ?? null;
  const value = numbers[row] ?? NaN;
  return Number.isNaN(value) ? null : value;
}

const known = new WeakMap<readonly ConfigurationPoint[], PointColumns>();

/** All configurations. What no filter changes is made once, when it is first asked for. */
export class PointColumns {
  readonly points: readonly ConfigurationPoint[];
  /** NaN: none. */
  readonly means: Float64Array;
  /** Places among `OUTCOMES`. */
  readonly outcomes: Uint8Array;
  /** 1 for what completed or diverged: what was given up tells nothing of its parameters. */
  readonly isResult: Uint8Array;
  readonly #parameters: ParameterColumn[] = [];
  readonly #orders = new Map<Float64Array, Uint32Array>();
  readonly #positions = new Map<string, Float64Array>();

  private constructor(points: readonly ConfigurationPoint[]) {
    this.points = points;
    this.means = new Float64Array(points.length);
    this.outcomes = new Uint8Array(points.length);
    this.isResult = new Uint8Array(points.length);
    let row = 0;
    for (const { mean, outcome } of points) {
      this.means[row] = mean ?? NaN;
      this.outcomes[row] = OUTCOMES.indexOf(outcome);
      this.isResult[row++] = outcome === "completed" || outcome === "diverged" ? 1 : 0;
    }
  }

  /** The columns of points that do not change any more. */
  static of(points: readonly ConfigurationPoint[]): PointColumns {
    const columns = known.get(points) ?? new PointColumns(points);
    known.set(points, columns);
    return columns;
  }

  /** A parameter by its place among the values. */
  parameter(index: number): ParameterColumn {
    return this.#parameters[index] ??= columnOf(this.points, index);
  }

  /** The rows of a column of numbers, the least first. */
  orderOf(numbers: Float64Array): Uint32Array {
    const found = this.#orders.get(numbers) ?? numberOrder(numbers);
    this.#orders.set(numbers, found);
    return found;
  }

  /** Where each configuration lies on an axis; NaN: nowhere. */
  positions(axis: ParameterAxis, index: number): Float64Array {
    const name = `${index} ${JSON.stringify(axis)}`;
    const found = this.#positions.get(name) ?? this.#placed(axis, index);
    this.#positions.set(name, found);
    return found;
  }

  #placed(axis: ParameterAxis, index: number): Float64Array {
    const column = this.parameter(index);
    const positions = new Float64Array(this.points.length);
    for (let row = 0; row < positions.length; row++) {
      positions[row] = positionOn(axis, valueIn(column, row)) ?? NaN;
    }
    return positions;
  }
}

function columnOf(points: readonly ConfigurationPoint[], index: number): ParameterColumn {
  const numbers = new Float64Array(points.length);
  let [isMixed, isWhole] = [false, true];
  let row = 0;
  for (const { values } of points) {
    const value = values[index] ?? null;
    isWhole &&= value !== null;
    isMixed ||= value !== null && typeof value !== "number";
    numbers[row++] = typeof value === "number" ? value : NaN;
  }
  const mixed = isMixed ? points.map(({ values }) => values[index] ?? null) : null;
  return { numbers, mixed, isWhole };
}

/** The numbers of some rows. */
export function gathered(numbers: Float64Array, rows: Uint32Array): Float64Array {
  const found = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) found[at] = numbers[rows[at] ?? 0] ?? NaN;
  return found;
}

function placesOf(length: number): Uint32Array {
  const places = new Uint32Array(length);
  for (let place = 0; place < length; place++) places[place] = place;
  return places;
}

const wholes = new WeakMap<PointColumns, ShownPoints>();

/** The rows that hold for a test. */
export function rowsWhere(rows: Uint32Array, isIn: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    if (isIn(row)) found[count++] = row;
  }
  return count === rows.length ? rows : found.slice(0, count);
}

/** Some configurations, by their rows, in the order of all. */
export class ShownPoints {
  readonly all: PointColumns;
  readonly rows: Uint32Array;
  #finite: Uint32Array | null = null;
  #results: Uint32Array | null = null;
  #sortedFinite: Uint32Array | null = null;
  #sortedMeans: Float64Array | null = null;

  constructor(all: PointColumns, rows: Uint32Array) {
    this.all = all;
    this.rows = rows;
  }

  /** Every one of them. */
  static all(points: readonly ConfigurationPoint[]): ShownPoints {
    const columns = PointColumns.of(points);
    const found = wholes.get(columns) ?? new ShownPoints(columns, placesOf(points.length));
    wholes.set(columns, found);
    return found;
  }

  /** How many there are. */
  get length(): number {
    return this.rows.length;
  }

  /** The rows with a number. */
  get finite(): Uint32Array {
    const { means } = this.all;
    return this.#finite ??= rowsWhere(
      this.rows,
      (row) => !Number.isNaN(means[row] ?? NaN),
    );
  }

  /** The rows of what has a result. */
  get results(): Uint32Array {
    const { isResult } = this.all;
    return this.#results ??= rowsWhere(this.rows, (row) => isResult[row] === 1);
  }

  /** The rows that have a parameter, of those with a number. */
  having(index: number): Uint32Array {
    const column = this.all.parameter(index);
    if (column.isWhole) return this.finite;
    return rowsWhere(this.finite, (row) => valueIn(column, row) !== null);
  }

  /** The rows with a number, the least first. */
  get sortedFinite(): Uint32Array {
    return this.#sortedFinite ??= this.sorted(this.all.means, this.finite);
  }

  /** The numbers, the least first. */
  get sortedMeans(): Float64Array {
    const { means } = this.all;
    return this.#sortedMeans ??= gathered(means, this.sortedFinite);
  }

  /** Some rows by a column of numbers: the order of all is known, so that nothing is sorted again. */
  sorted(numbers: Float64Array, rows: Uint32Array): Uint32Array {
    const isIn = new Uint8Array(numbers.length);
    for (let at = 0; at < rows.length; at++) isIn[rows[at] ?? 0] = 1;
    const order = this.all.orderOf(numbers);
    const found = new Uint32Array(rows.length);
    let count = 0;
    for (let at = 0; at < order.length; at++) {
      const row = order[at] ?? 0;
      if (isIn[row] === 1) found[count++] = row;
    }
    return found;
  }

  /** How many came to what. */
  countOutcomes(): Readonly<Record<Outcome, number>> {
    const { outcomes } = this.all;
    const found = new Uint32Array(OUTCOMES.length);
    for (let at = 0; at < this.rows.length; at++) {
      const outcome = outcomes[this.rows[at] ?? 0] ?? 0;
      found[outcome] = (found[outcome] ?? 0) + 1;
    }
    const counts = { completed: 0, diverged: 0, pruned: 0, failed: 0 };
    for (const [place, outcome] of OUTCOMES.entries()) counts[outcome] = found[place] ?? 0;
    return counts;
  }

  /** The configuration of a row. */
  pointAt(row: number): readonly ConfigurationPoint[] {
    const point = this.all.points[row];
    return point === undefined ? [] : [point];
  }
}
