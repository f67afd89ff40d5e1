/** Parameters and the objective as axes: what their ends are, and where a value lies on them. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import type { Parameter, SearchSpace } from "../../core/domain/search_space.ts";
import type {
  ConfigurationPoint,
  ObjectiveScale,
  ParameterAxis,
} from "../client/parameters/parameters_model.ts";

/** Steps of colour. */
const STEPS = 10;
/** Beyond so many quartile distances a value is far out: the outer fence of Tukey's box plot. */
const FENCE = 3;

/** The axes of the varied parameters: the search space's own scale, around all values there are. */
export function parameterAxes(
  space: SearchSpace,
  points: readonly ConfigurationPoint[],
): readonly ParameterAxis[] {
  return space.map((parameter, index) => {
    const seen = new Set(points.map(({ values }) => values[index] ?? null));
    const hasAbsent = seen.delete(null);
    const values = [...seen].filter((value) => value !== null);
    return axisOf(parameter, { values, hasAbsent });
  });
}

function axisOf(
  { name, domain }: Parameter,
  { values, hasAbsent }: {
    readonly values: readonly ParameterValue[];
    readonly hasAbsent: boolean;
  },
): ParameterAxis {
  // What an extension took out of the space stays where its configurations are.
  if (domain.kind === "values") {
    const choices = [...new Set([...domain.values, ...values])];
    return {
      kind: "choices",
      name,
      values: choices.every(isNumber) ? sorted(choices) : choices,
      hasAbsent,
    };
  }
  const numbers = values.filter(isNumber);
  const bounds = domain.kind === "normal" ? [] : [domain.min, domain.max];
  const [min, max] = endsOf([...bounds, ...numbers]) ?? [0, 1];
  return { kind: "number", name, scale: domain.scale, min, max, hasAbsent };
}

/**
 * The objective's range over points with a number. Its worse end stops at Tukey's outer fence, so
 * that a few hopeless configurations do not make all others look alike.
 */
export function objectiveScale(
  { name, goal }: { readonly name: string; readonly goal: "maximize" | "minimize" },
  points: readonly Pick<ConfigurationPoint, "mean">[],
): ObjectiveScale {
  const sign = goal === "minimize" ? 1 : -1;
  const losses = sorted(points.flatMap(({ mean }) => mean === null ? [] : [sign * mean]));
  const first = losses[0] ?? 0;
  const lower = losses[Math.floor(losses.length / 4)] ?? first;
  const upper = losses[Math.floor(3 * losses.length / 4)] ?? first;
  const fence = upper > lower ? upper + FENCE * (upper - lower) : Infinity;
  const inside = losses.findLast((loss) => loss <= fence) ?? first;
  const ends = [sign * first, sign * inside];
  const [min, max] = [Math.min(...ends), Math.max(...ends)];
  const margin = min === max ? Math.abs(min) * 0.1 || 0.1 : 0;
  return {
    metric: name,
    goal,
    min: min - margin,
    max: max + margin,
    beyond: losses.filter((loss) => loss > inside).length,
  };
}

/** How good a value is: 0, the worst end of the scale or beyond it, to 9, the best. */
export function stepOf({ goal, min, max }: ObjectiveScale, value: number): number {
  const share = (value - min) / (max - min);
  return colourStep(goal === "maximize" ? share : 1 - share);
}

/** The step of colour for a share of the range, which may lie outside of [0, 1]. */
export function colourStep(share: number): number {
  return Math.max(0, Math.min(STEPS - 1, Math.floor(share * STEPS)));
}

/** Where a value lies on its axis, from 0 to 1; null: nowhere. */
export function positionOn(axis: ParameterAxis, value: ParameterValue | null): number | null {
  if (value === null) return null;
  if (axis.kind === "choices") {
    const index = axis.values.indexOf(value);
    return index < 0 ? null : (index + 0.5) / axis.values.length;
  }
  if (typeof value !== "number") return null;
  const scaled = axis.scale === "log" ? Math.log : (x: number): number => x;
  const span = scaled(axis.max) - scaled(axis.min);
  return span > 0 ? (scaled(value) - scaled(axis.min)) / span : 0.5;
}

/** Whether a value is a number. */
export function isNumber(value: ParameterValue): value is number {
  return typeof value === "number";
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

function endsOf(numbers: readonly number[]): readonly [number, number] | null {
  let min = Infinity;
  let max = -Infinity;
  for (const number of numbers) {
    if (number < min) min = number;
    if (number > max) max = number;
  }
  return min <= max ? [min, max] : null;
}
