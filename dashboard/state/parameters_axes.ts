/** Parameters and the objective as axes: what their ends are, and where a value lies on them. */
import { shareOf } from "../client/charts/axis.ts";
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
/** Choices whose ends are this factor apart are taken to be on a logarithmic scale. */
const WIDE = 8;

/** The axes of the varied parameters: the search space's own scale, around all values there are. */
export function parameterAxes(
  space: SearchSpace,
  points: readonly ConfigurationPoint[],
): readonly ParameterAxis[] {
  return space.map((parameter, index) =>
    parameter.domain.kind === "values"
      ? choicesOf(parameter, { chosen: parameter.domain.values, points, index })
      : rangeOf(parameter, parameter.domain, { points, index })
  );
}

/** The axes with the scales that somebody asks for, where they can have them; null: as they are. */
export function scaledAxes(
  axes: readonly ParameterAxis[],
  scaleOf: (name: string) => AxisScale | null,
): readonly ParameterAxis[] {
  return axes.map((axis) => {
    const asked = scaleOf(axis.name);
    return axis.kind === "number" && asked !== null && canBe(asked, axis.min)
      ? { ...axis, scale: asked }
      : axis;
  });
}

/** How values lie on an axis. */
export type AxisScale = "linear" | "log";

/** Whether an axis that begins there can have a scale. */
export function canBe(scale: AxisScale, min: number): boolean {
  return scale === "linear" || min > 0;
}

/** An axis by its numbers, even if only some numbers were to choose from; null: it has others. */
export function numericAxis(
  axis: ParameterAxis | undefined,
): Extract<ParameterAxis, { readonly kind: "number" }> | null {
  if (axis === undefined) return null;
  if (axis.kind === "number") return axis;
  const numbers = axis.values.filter(isNumber);
  const [min, max] = endsOf(numbers) ?? [0, 0];
  if (numbers.length < axis.values.length || !(max > min)) return null;
  // Choices that grow by factors lie evenly on a logarithmic axis.
  const scale = min > 0 && max / min >= WIDE ? "log" : "linear";
  return { kind: "number", name: axis.name, scale, min, max, hasAbsent: axis.hasAbsent };
}

interface Column {
  readonly points: readonly ConfigurationPoint[];
  readonly index: number;
}

function choicesOf(
  { name }: Parameter,
  { chosen, points, index }: Column & { readonly chosen: readonly ParameterValue[] },
): ParameterAxis {
  const seen = new Set<ParameterValue | null>();
  for (const { values } of points) seen.add(values[index] ?? null);
  const hasAbsent = seen.delete(null);
  const found = [...seen].filter((value) => value !== null);
  // What an extension took out of the space stays where its configurations are.
  const choices = [...new Set([...chosen, ...found])];
  return {
    kind: "choices",
    name,
    values: choices.every(isNumber) ? sorted(choices) : choices,
    hasAbsent,
  };
}

function rangeOf(
  { name }: Parameter,
  domain: Exclude<Parameter["domain"], { readonly kind: "values" }>,
  { points, index }: Column,
): ParameterAxis {
  let [min, max] = domain.kind === "normal" ? [Infinity, -Infinity] : [domain.min, domain.max];
  let hasAbsent = false;
  for (const { values } of points) {
    const value = values[index] ?? null;
    if (value === null) hasAbsent = true;
    if (typeof value !== "number") continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (!(min <= max)) [min, max] = [0, 1];
  return { kind: "number", name, scale: domain.scale, min, max, hasAbsent };
}

/**
 * The objective's range over points with a number. Its worse end stops at Tukey's outer fence, so
 * that a few hopeless configurations do not make all others look alike.
 */
export function objectiveScale(
  metric: ObjectiveGoal,
  points: readonly Pick<ConfigurationPoint, "mean">[],
  asked: AxisScale = "linear",
): ObjectiveScale {
  const means = points.flatMap(({ mean }) => mean === null ? [] : [mean]);
  return objectiveScaleOf(metric, Float64Array.from(means).sort(), asked);
}

/** An objective's name, and which way it is better. */
export interface ObjectiveGoal {
  readonly name: string;
  readonly goal: "maximize" | "minimize";
}

/** The same of numbers that are sorted, the least first. */
export function objectiveScaleOf(
  { name, goal }: ObjectiveGoal,
  means: Float64Array,
  asked: AxisScale = "linear",
): ObjectiveScale {
  const sign = goal === "minimize" ? 1 : -1;
  const n = means.length;
  const lossAt = (place: number): number =>
    sign * (means.at(sign > 0 ? place : n - 1 - place) ?? 0);
  const first = n === 0 ? 0 : lossAt(0);
  const lower = n === 0 ? 0 : lossAt(Math.floor(n / 4));
  const upper = n === 0 ? 0 : lossAt(Math.floor(3 * n / 4));
  const fence = upper > lower ? upper + FENCE * (upper - lower) : Infinity;
  let last = n - 1;
  while (last > 0 && lossAt(last) > fence) last--;
  const inside = n === 0 ? 0 : lossAt(last);
  const ends = [sign * first, sign * inside];
  const [min, max] = [Math.min(...ends), Math.max(...ends)];
  const margin = min === max ? Math.abs(min) * 0.1 || 0.1 : 0;
  return {
    metric: name,
    goal,
    scale: canBe(asked, min - margin) ? asked : "linear",
    min: Math.max(-Number.MAX_VALUE, min - margin),
    max: Math.min(Number.MAX_VALUE, max + margin),
    beyond: Math.max(0, n - 1 - last),
  };
}

/** How good a value is: 0, the worst end of the scale or beyond it, to 9, the best. */
export function stepOf(objective: ObjectiveScale, value: number): number {
  const share = objectiveShare(objective, value);
  return colourStep(objective.goal === "maximize" ? share : 1 - share);
}

/** Where a value lies on the objective's axis: 0 and 1 at its ends, even if it is beyond them. */
export function objectiveShare(objective: ObjectiveScale, value: number): number {
  const { min, max } = objective;
  const inside = Math.max(min, Math.min(max, value));
  return positionOn(objectiveAxis(objective), inside) ?? 0;
}

/** The objective as an axis. */
export function objectiveAxis(
  { metric, scale, min, max }: ObjectiveScale,
): Extract<ParameterAxis, { readonly kind: "number" }> {
  return { kind: "number", name: metric, scale, min, max, hasAbsent: false };
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
  return shareOf(scaled(value), [scaled(axis.min), scaled(axis.max)]);
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
