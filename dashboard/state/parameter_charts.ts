/** The charts of the Parameters page: one set of configurations, seen in six ways. Pure. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import type { SweepSnapshot } from "../client/model.ts";
import type {
  ParameterAxis,
  ParameterFilter,
  ParametersSnapshot,
} from "../client/parameters/parameters_model.ts";
import { RequestError } from "../problem.ts";
import { contourMap } from "./contour.ts";
import { objectiveDistribution } from "./edf.ts";
import { heatMap } from "./heat_map.ts";
import { marginalCorrelations } from "./marginal_correlation.ts";
import { parallelLines } from "./parallel_coordinates.ts";
import { objectiveScaleOf, scaledAxes } from "./parameters_axes.ts";
import { filterPoints, parseParameterFilter } from "./parameters_filter.ts";
import { importanceOfPoints } from "./parameters_importance.ts";
import type { ConfigurationPoints } from "./parameters_points.ts";
import {
  axesView,
  contourPair,
  heatPair,
  linesIn,
  scaleIn,
  statisticIn,
} from "./parameters_view.ts";
import { ShownPoints } from "./shown_points.ts";
import { slices } from "./slices.ts";
import { atOnce, type Steps } from "./steps.ts";

/** What the charts are made from. */
export interface ChartedSweep extends ConfigurationPoints {
  readonly metric: ObjectiveMetric;
  /** All objectives of the sweep; the points are those of `metric`. */
  readonly objectives: readonly ObjectiveMetric[];
  /** Around all points, in the scales of the search space. */
  readonly axes: readonly ParameterAxis[];
  readonly seed: number;
  /** Of everything that completed. */
  readonly importance: Importance;
  /** The configurations of which a trial matches. @throws {SyntaxError} If the text cannot be read. */
  readonly matching: (
    filter: Pick<ParameterFilter, "worker" | "text" | "pack">,
  ) => ReadonlySet<number>;
}

/** The page without what every page of the sweep has. */
export type ParameterCharts = Omit<ParametersSnapshot, keyof SweepSnapshot>;

/** All charts for a query: however many trials there are, they stay small. @throws {RequestError} */
export function parameterCharts(sweep: ChartedSweep, query: URLSearchParams): ParameterCharts {
  return atOnce(chartSteps(sweep, query));
}

/** The same one after the other. @throws {RequestError} If the query cannot be read. */
export function* chartSteps(sweep: ChartedSweep, query: URLSearchParams): Steps<ParameterCharts> {
  const { space, points, asked, open, metric, objectives } = sweep;
  const filter = parseParameterFilter(query, space);
  const shown = filterPoints(points, filter, { space, matching: matchingIn(sweep, filter) });
  const axes = scaledAxes(sweep.axes, (name) => scaleIn(query, name));
  const objective = objectiveScaleOf(metric, shown.sortedMeans, scaleIn(query, "") ?? "linear");
  const important = sweep.importance.parameters.map(({ name }) => name);
  const heat = heatPair(query, axes, important);
  const statistic = statisticIn(query);
  const pair = contourPair(query, axes, important);
  const view = axesView(query, axes.map(({ name }) => name));
  const parallel = parallelLines(shown, { objective, limit: linesIn(query) });
  yield;
  const map = heat && heatMap(shown, { axes, x: heat[0], y: heat[1], statistic, objective });
  yield;
  const contour = pair && contourMap(shown, { axes, x: pair[0], y: pair[1], objective });
  yield;
  const ofEach = slices(shown, { axes, goal: metric.goal });
  yield;
  const importance = importanceIn(sweep, shown);
  yield;
  return {
    query: query.toString(),
    filter,
    problem: null,
    counts: {
      asked,
      open,
      byOutcome: ShownPoints.all(points).countOutcomes(),
      shown: shown.countOutcomes(),
    },
    axes,
    objective,
    objectives: objectives.map(({ name }) => name),
    view,
    parallel,
    heatMap: map,
    contour,
    slices: ofEach,
    importance,
    correlations: marginalCorrelations(shown, axes),
    distribution: objectiveDistribution(shown, metric.goal),
  };
}

function matchingIn(
  { matching }: ChartedSweep,
  { worker, text, pack }: ParameterFilter,
): ReadonlySet<number> | null {
  if (worker === null && text === "" && pack === null) return null;
  try {
    return matching({ worker, text, pack });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new RequestError(cause.message, { cause });
    throw cause;
  }
}

/** Estimated anew where the filter leaves out something that completed. */
function importanceIn(sweep: ChartedSweep, shown: ShownPoints): Importance {
  const { points, importance } = sweep;
  const isWhole = shown.results.length === ShownPoints.all(points).results.length;
  return isWhole ? importance : importanceOfPoints(shown, sweep);
}
