/** How a reader wants the charts of the Parameters page: axes, objective, pairs, in the address. */
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import {
  type AxesView,
  CELL_STATISTICS,
  type CellStatistic,
  type ParameterAxis,
} from "../client/parameters/parameters_model.ts";
import { RequestError } from "../problem.ts";
import { usualPair } from "./heat_map.ts";
import { MOST_LINES, USUAL_LINES } from "./parallel_coordinates.ts";
import { type AxisScale, numericAxis } from "./parameters_axes.ts";

/** `order` (repeated): the named parameters first, then the others; `flip.p` and `flip`. */
export function axesView(query: URLSearchParams, names: readonly string[]): AxesView {
  const asked = query.getAll("order").filter((name) => names.includes(name));
  return {
    order: [...new Set([...asked, ...names])],
    flipped: names.filter((name) => query.get(`flip.${name}`) === "1"),
    isObjectiveFlipped: query.get("flip") === "1",
  };
}

/** `scale.p` of a parameter, `scale` of the objective (an empty name). @throws {RequestError} */
export function scaleIn(query: URLSearchParams, name: string): AxisScale | null {
  const key = name === "" ? "scale" : `scale.${name}`;
  const text = query.get(key) ?? "";
  if (text === "") return null;
  if (text === "linear" || text === "log") return text;
  throw new RequestError(
    `Cannot draw ${key.slice(0, 80)} "${text.slice(0, 80)}": it must be linear or log`,
  );
}

/** `objective`: one of several; the first unless told. @throws {RequestError} If there is none such. */
export function objectiveIn(
  query: URLSearchParams,
  objectives: readonly ObjectiveMetric[],
): ObjectiveMetric {
  const asked = query.get("objective") ?? "";
  const found = objectives.find(({ name }) => asked === "" || name === asked);
  if (found !== undefined) return found;
  throw new RequestError(
    `Cannot show the objective "${asked.slice(0, 80)}": it must be one of ${
      objectives.map(({ name }) => name).join(", ")
    }`,
  );
}

/** `x` and `y`: the heat map's pair; the usual one for what is not told. */
export function heatPair(
  query: URLSearchParams,
  axes: readonly ParameterAxis[],
  important: readonly string[],
): readonly [x: string, y: string] | null {
  return pairIn(query, { keys: ["x", "y"], usual: usualPair(axes, important), axes });
}

/** `cx` and `cy`: the contour's pair, of parameters with numbers. */
export function contourPair(
  query: URLSearchParams,
  axes: readonly ParameterAxis[],
  important: readonly string[],
): readonly [x: string, y: string] | null {
  const numeric = axes.filter((axis) => numericAxis(axis) !== null);
  const known = important.filter((name) => numeric.some((axis) => axis.name === name));
  const pair = usualPair(numeric, known);
  return pairIn(query, { keys: ["cx", "cy"], usual: pair, axes: numeric });
}

function pairIn(
  query: URLSearchParams,
  { keys: [first, second], usual, axes }: {
    readonly keys: readonly [string, string];
    readonly usual: readonly [string, string] | null;
    readonly axes: readonly ParameterAxis[];
  },
): readonly [string, string] | null {
  if (usual === null) return null;
  const named = (key: string): string | undefined => {
    const name = query.get(key) ?? "";
    return axes.some((axis) => axis.name === name) ? name : undefined;
  };
  const x = named(first) ?? (usual[0] === named(second) ? usual[1] : usual[0]);
  const y = [named(second), usual[1], usual[0]].find((name) => name !== undefined && name !== x);
  return y === undefined ? null : [x, y];
}

/** `cell`: what the cells tell. @throws {RequestError} */
export function statisticIn(query: URLSearchParams): CellStatistic {
  const asked = query.get("cell") ?? "mean";
  const statistic = CELL_STATISTICS.find((name) => name === asked);
  if (statistic !== undefined) return statistic;
  throw new RequestError(
    `Cannot fill cells with "${asked.slice(0, 80)}": it must be one of ${
      CELL_STATISTICS.join(", ")
    }`,
  );
}

/** `lines`: how many of parallel coordinates. @throws {RequestError} */
export function linesIn(query: URLSearchParams): number {
  const text = query.get("lines") ?? "";
  if (text === "") return USUAL_LINES;
  const lines = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (lines >= 1 && lines <= MOST_LINES) return lines;
  throw new RequestError(
    `Cannot draw "${text.slice(0, 80)}" lines: it must be an integer from 1 to ${MOST_LINES}`,
  );
}
