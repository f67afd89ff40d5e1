/** The configurations of a sweep with several objectives by two of them, and their Pareto front. */
import { shareOf } from "../client/charts/axis.ts";
import { lossOf, type ObjectiveMetric } from "../../core/domain/objective.ts";
import { isFinitePoint, type Losses } from "../../core/domain/pareto/dominance.ts";
import { hypervolume, referencePoint } from "../../core/domain/pareto/hypervolume.ts";
import { paretoFront } from "../../core/domain/pareto/pareto_front.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type { Range } from "../client/model.ts";
import type { ObjectivePlane, PlaneAxis, PlanePoint } from "../client/overview/panels_model.ts";
import { RequestError } from "../problem.ts";
import { objectiveScale } from "./parameters_axes.ts";

/** Configurations that are drawn one by one at most; above, those that can be told apart. */
export const MOST_POINTS = 600;
/** The grid of which each cell then shows one dominated configuration. */
const COLUMNS = 40;
const ROWS = 30;
/** What a volume may cost: some tenths of a second, in which the process answers nobody else. */
const WORK_FOR_VOLUME = 10_000_000;

/** Which two objectives are drawn; null: the first two. */
export interface PlaneQuery {
  readonly x: string | null;
  readonly y: string | null;
}

/** A configuration with its means, in the order of the objectives. */
export interface MeasuredConfiguration {
  readonly configuration: number;
  readonly trial: number;
  readonly runs: number;
  /** NaN: diverged, or never reported. */
  readonly values: readonly number[];
}

/** The means of a ranking's rows over their completed replicates. */
export function measuredConfigurations(
  ranking: readonly LeaderboardRow[],
  objectives: readonly ObjectiveMetric[],
): readonly MeasuredConfiguration[] {
  return ranking.map(({ configuration, bestTrial, completed, trials, estimate }) => ({
    configuration,
    trial: bestTrial.id,
    runs: completed,
    values: objectives.map(({ name }) => {
      if (estimate === null) return NaN;
      let sum = 0;
      for (const { state, metrics } of trials) {
        if (state.status === "completed") sum += metrics[name] ?? NaN;
      }
      return sum / completed;
    }),
  }));
}

/** The plane; null for a single objective, or before any result. @throws {RequestError} */
export function objectivePlane(
  all: readonly MeasuredConfiguration[],
  objectives: readonly ObjectiveMetric[],
  query: PlaneQuery,
): ObjectivePlane | null {
  const chosen = chosenPair(objectives, query);
  if (chosen === null || all.length === 0) return null;
  const [xAt, yAt] = chosen;
  const losses = all.map(({ values }) => lossesOf(values, objectives));
  const onFront = new Set(paretoFront(losses));
  const points = all.flatMap(({ values, ...rest }, index): PlanePoint[] => {
    const [x, y] = [values[xAt] ?? NaN, values[yAt] ?? NaN];
    if (!isFinitePoint(losses[index] ?? [])) return [];
    return [{ ...rest, x, y, isFront: onFront.has(index) }];
  });
  const front = losses.filter((_, index) => onFront.has(index));
  const reference = referencePoint(losses);
  const volume = hypervolume(front, reference, { left: WORK_FOR_VOLUME });
  const x = axisOf(objectives[xAt], points.map(({ x: value, isFront }) => ({ value, isFront })));
  const y = axisOf(objectives[yAt], points.map(({ y: value, isFront }) => ({ value, isFront })));
  return {
    objectives: objectives.map(({ name, goal }) => ({ name, goal })),
    x,
    y,
    points: apart(points, x, y),
    steps: stepsOf(points, x, y),
    front: front.length,
    measured: points.length,
    excluded: all.length - points.length,
    hypervolume: Number.isFinite(volume) ? volume : null,
    reference: reference.map((loss, i) => objectives[i]?.goal === "maximize" ? -loss : loss),
  };
}

function chosenPair(
  objectives: readonly ObjectiveMetric[],
  query: PlaneQuery,
): readonly [number, number] | null {
  if (objectives.length < 2) return null;
  const at = (name: string | null): number | null => {
    if (name === null) return null;
    const index = objectives.findIndex((objective) => objective.name === name);
    if (index >= 0) return index;
    throw new RequestError(
      `Cannot draw objective "${name.slice(0, 80)}": it must be one of ${
        objectives.map((objective) => objective.name).join(", ")
      }`,
    );
  };
  const [x, y] = [at(query.x), at(query.y)];
  const first = x ?? (y === 0 ? 1 : 0);
  const second = y === null || y === first ? (first === 0 ? 1 : 0) : y;
  return [first, second];
}

function lossesOf(values: readonly number[], objectives: readonly ObjectiveMetric[]): Losses {
  return values.map((value, i) =>
    lossOf(Number.isFinite(value) ? value : null, objectives[i]?.goal ?? "minimize")
  );
}

/** Far outliers lie on the edge, so that the rest can be told apart; the front is there in full. */
function axisOf(
  objective: ObjectiveMetric | undefined,
  values: readonly { readonly value: number; readonly isFront: boolean }[],
): PlaneAxis {
  const metric = objective ?? { name: "", goal: "minimize" };
  const scale = objectiveScale(metric, values.map(({ value }) => ({ mean: value })));
  let [min, max] = [scale.min, scale.max];
  for (const { value, isFront } of values) {
    if (isFront) [min, max] = [Math.min(min, value), Math.max(max, value)];
  }
  return { ...metric, range: [min, max] };
}

/** All of the front; of many others one for each cell of a grid: the first, which ranks highest. */
function apart(points: readonly PlanePoint[], x: PlaneAxis, y: PlaneAxis): readonly PlanePoint[] {
  if (points.length <= MOST_POINTS) return points;
  const cell = (value: number, range: Range, of: number): number =>
    Math.max(0, Math.min(of - 1, Math.floor(of * shareOf(value, range))));
  const taken = new Set<number>();
  return points.filter((point) => {
    const key = cell(point.x, x.range, COLUMNS) * ROWS + cell(point.y, y.range, ROWS);
    const isFree = !taken.has(key);
    taken.add(key);
    return point.isFront || isFree;
  });
}

/** The corners of the front of two objectives, by x ascending. */
function stepsOf(points: readonly PlanePoint[], x: PlaneAxis, y: PlaneAxis): readonly Range[] {
  const losses = points.map((point) => [lossOf(point.x, x.goal), lossOf(point.y, y.goal)]);
  return paretoFront(losses)
    .flatMap((index): Range[] => {
      const point = points[index];
      return point === undefined ? [] : [[point.x, point.y]];
    })
    .sort((a, b) => a[0] - b[0]);
}
