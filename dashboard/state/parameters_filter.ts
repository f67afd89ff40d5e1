/** The filter that all charts of the Parameters page share: in the address, by names that speak. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import {
  type ConfigurationPoint,
  type Outcome,
  OUTCOMES,
  type ParameterFilter,
  type ParameterRange,
} from "../client/parameters/parameters_model.ts";
import { RequestError } from "../problem.ts";
import { checkState } from "./trial_mask.ts";
import { type ParameterColumn, PointColumns, ShownPoints, valueIn } from "./shown_points.ts";

/** What is shown unless somebody asks for something else. */
const USUAL: readonly Outcome[] = ["completed", "diverged"];

/**
 * `min`, `max`, `top`, `worker`, `q`, `state` (repeated), and for a parameter p `min.p`, `max.p`, `is.p` (repeated).
 * @throws {RequestError} If a number is none.
 * @throws {SyntaxError} If a state is none.
 */
export function parseParameterFilter(query: URLSearchParams, space: SearchSpace): ParameterFilter {
  const top = numberIn(query, "top");
  if (top !== null && !(top > 0 && top <= 100)) {
    throw new RequestError(`Cannot show the best ${top} %: it must be above 0 and at most 100`);
  }
  const asked = query.getAll("state").filter((state) => state !== "");
  asked.forEach(checkState);
  const outcomes = OUTCOMES.filter((outcome) => asked.includes(outcome));
  const pack = numberIn(query, "pack");
  return {
    min: numberIn(query, "min"),
    max: numberIn(query, "max"),
    top,
    worker: query.get("worker")?.trim() || null,
    pack: pack !== null && Number.isSafeInteger(pack) && pack >= 0 ? pack : null,
    text: query.get("q")?.trim() ?? "",
    outcomes: outcomes.length > 0 || asked.some(isNoResult) ? outcomes : USUAL,
    ranges: space.map(({ name }): ParameterRange => ({
      name,
      min: numberIn(query, `min.${name}`),
      max: numberIn(query, `max.${name}`),
    })).filter(({ min, max }) => min !== null || max !== null),
    choices: space.map(({ name }) => ({ name, values: query.getAll(`is.${name}`).filter(Boolean) }))
      .filter(({ values }) => values.length > 0),
  };
}

/**
 * The points that the filter lets through, in their order: the best come first.
 * @param matching The configurations that its worker and its text are for; null: all.
 */
export function filterPoints(
  points: readonly ConfigurationPoint[],
  filter: ParameterFilter,
  { space, matching = null }: {
    readonly space: SearchSpace;
    readonly matching?: ReadonlySet<number> | null;
  },
): ShownPoints {
  const columns = PointColumns.of(points);
  const { top, outcomes } = filter;
  const mask = new Uint8Array(points.length).fill(1);
  const isAsked = OUTCOMES.map((outcome) => outcomes.includes(outcome));
  const keep = (test: (row: number) => boolean): void => {
    for (let row = 0; row < mask.length; row++) if (mask[row] === 1 && !test(row)) mask[row] = 0;
  };
  keep((row) => isAsked[columns.outcomes[row] ?? 0] === true);
  if (matching !== null) keep((row) => matching.has(points[row]?.configuration ?? NaN));
  for (const test of columnTests(columns, filter, space)) keep(test);
  const some = new ShownPoints(columns, rowsOf(mask));
  if (top === null) return some;
  const { finite } = some;
  const best = Math.ceil(finite.length * top / 100 - 1e-9);
  return new ShownPoints(columns, finite.slice(0, best));
}

function rowsOf(mask: Uint8Array): Uint32Array {
  const rows = new Uint32Array(mask.length);
  let count = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row] === 1) rows[count++] = row;
  return rows.slice(0, count);
}

type RowTest = (row: number) => boolean;

function columnTests(
  columns: PointColumns,
  { min, max, ranges, choices }: ParameterFilter,
  space: SearchSpace,
): readonly RowTest[] {
  const columnOf = (name: string): ParameterColumn =>
    columns.parameter(space.findIndex((parameter) => parameter.name === name));
  const objective = min === null && max === null ? [] : [within(columns.means, { min, max })];
  return [
    ...objective,
    ...ranges.map(({ name, ...ends }) => within(columnOf(name).numbers, ends)),
    ...choices.map(({ name, values }) => among(columnOf(name), values)),
  ];
}

/** NaN, which is nothing, is between no two ends. */
function within(
  numbers: Float64Array,
  { min, max }: Pick<ParameterRange, "min" | "max">,
): RowTest {
  const [least, most] = [min ?? -Infinity, max ?? Infinity];
  return (row) => {
    const value = numbers[row] ?? NaN;
    return value >= least && value <= most;
  };
}

function among(column: ParameterColumn, allowed: readonly string[]): RowTest {
  const verdicts = new Map<ParameterValue, boolean>();
  return (row) => {
    const value = valueIn(column, row);
    if (value === null) return false;
    const verdict = verdicts.get(value) ?? allowed.includes(String(value));
    verdicts.set(value, verdict);
    return verdict;
  };
}

/** Other pages know states that no result has: they leave nothing to draw. */
function isNoResult(state: string): boolean {
  return TRIAL_STATUSES.some((one) => one === state);
}

/** An empty field is none. */
function numberIn(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)?.trim() ?? "";
  if (text === "") return null;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new RequestError(
    `Cannot read ${name.slice(0, 80)} "${text.slice(0, 80)}": it must be a number`,
  );
}
