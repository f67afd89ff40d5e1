/** The filter that all charts of the Parameters page share: in the address, by names that speak. */
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

/** What is shown unless somebody asks for something else. */
const USUAL: readonly Outcome[] = ["completed", "diverged"];

/**
 * `min`, `max`, `top`, `worker`, `q`, `state` (repeated), and for a parameter p `min.p`, `max.p`, `is.p` (repeated).
 * @throws {RequestError} If a number is none.
 */
export function parseParameterFilter(query: URLSearchParams, space: SearchSpace): ParameterFilter {
  const top = numberIn(query, "top");
  if (top !== null && !(top > 0 && top <= 100)) {
    throw new RequestError(`Cannot show the best ${top} %: it must be above 0 and at most 100`);
  }
  const asked = query.getAll("state");
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
): readonly ConfigurationPoint[] {
  const tests = parameterTests(filter, space);
  const { min, max, top, outcomes } = filter;
  const isBounded = min !== null || max !== null;
  const some = points.filter((point) =>
    outcomes.includes(point.outcome) &&
    (matching?.has(point.configuration) ?? true) &&
    (point.mean === null
      ? !isBounded
      : point.mean >= (min ?? -Infinity) && point.mean <= (max ?? Infinity)) &&
    tests.every((test) => test(point))
  );
  if (top === null) return some;
  const finite = some.filter(({ mean }) => mean !== null);
  return finite.slice(0, Math.ceil(finite.length * top / 100 - 1e-9));
}

type PointTest = (point: ConfigurationPoint) => boolean;

function parameterTests(
  { ranges, choices }: ParameterFilter,
  space: SearchSpace,
): readonly PointTest[] {
  const indexOf = (name: string): number => space.findIndex((parameter) => parameter.name === name);
  const within = ranges.map(({ name, min, max }): PointTest => {
    const index = indexOf(name);
    return ({ values }) => {
      const value = values[index];
      return typeof value === "number" && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
    };
  });
  const among = choices.map(({ name, values: allowed }): PointTest => {
    const index = indexOf(name);
    return ({ values }) => {
      const value = values[index] ?? null;
      return value !== null && allowed.includes(String(value));
    };
  });
  return [...within, ...among];
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
