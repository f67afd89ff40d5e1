/** The Parameters page of a live sweep: one set of configurations, seen in five ways. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { SweepSnapshot } from "../client/model.ts";
import type {
  ParameterAxis,
  ParameterFilter,
  ParametersSnapshot,
} from "../client/parameters/parameters_model.ts";
import { ALL_TRIALS } from "../client/trials/trials_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { RequestError } from "../problem.ts";
import { contourMap } from "./contour.ts";
import { objectiveDistribution } from "./edf.ts";
import { heatMap } from "./heat_map.ts";
import { liveImportance } from "./live_importance.ts";
import { marginalCorrelations } from "./marginal_correlation.ts";
import { parallelLines } from "./parallel_coordinates.ts";
import { objectiveScaleOf, parameterAxes, scaledAxes } from "./parameters_axes.ts";
import { filterPoints, parseParameterFilter } from "./parameters_filter.ts";
import { importanceOfPoints } from "./parameters_importance.ts";
import {
  type ConfigurationPoints,
  configurationPoints,
  configurationPointsBy,
} from "./parameters_points.ts";
import {
  axesView,
  contourPair,
  heatPair,
  linesIn,
  objectiveIn,
  scaleIn,
  statisticIn,
} from "./parameters_view.ts";
import { resultsMark } from "./results_mark.ts";
import { ShownPoints } from "./shown_points.ts";
import { slices } from "./slices.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { selectTrials } from "./trial_selection.ts";

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

/** Answers that are remembered for a sweep. */
const REMEMBERED = 8;

/** Of a sweep with many trials that goes on, charts are as old as this at most for each trial. */
const AGE_A_TRIAL_MS = 0.05;
/** Charts of fewer trials are made fast enough to be of the present always. */
const MANY = 2_000;

interface Made {
  readonly mark: string;
  readonly epoch: string;
  readonly madeAt: number;
  readonly byMetric: Map<string, ChartedSweep>;
  /** By the query: brushes go forth and back. */
  readonly charts: Map<string, ParameterCharts>;
}

/** What costs most is made once for each set of results, whoever asks for whatever part of it. */
const made = new WeakMap<LiveSweep, Made>();

/** The page for a query. @throws {RequestError} If the query cannot be read. */
export function parametersSnapshot(
  live: LiveSweep,
  { query, now }: { readonly query: URLSearchParams; readonly now: number },
): ParametersSnapshot {
  return { ...sweepSnapshot(live, { now }), ...chartsFor(live, query, now) };
}

function chartsFor(live: LiveSweep, query: URLSearchParams, now: number): ParameterCharts {
  const { byMetric, charts } = madeOf(live, now);
  // What trials match may change with every report, not with results alone.
  const { worker, text, pack } = parseParameterFilter(query, []);
  const place = worker === null && text === "" && pack === null ? "" : live.view.sequence;
  const key = `${place} ${query}`;
  const known = charts.get(key);
  if (known !== undefined) return known;
  const metric = objectiveIn(query, objectivesOf(live.view.ledger.spec));
  const charted = byMetric.get(metric.name) ?? freshCharts(live, metric);
  byMetric.set(metric.name, charted);
  const fresh = parameterCharts(charted, query);
  if (charts.size >= REMEMBERED) charts.clear();
  charts.set(key, fresh);
  return fresh;
}

/** All charts for a query: however many trials there are, they stay small. @throws {RequestError} */
export function parameterCharts(sweep: ChartedSweep, query: URLSearchParams): ParameterCharts {
  const { space, points, asked, open, metric, objectives } = sweep;
  const filter = parseParameterFilter(query, space);
  const shown = filterPoints(points, filter, { space, matching: matchingIn(sweep, filter) });
  const axes = scaledAxes(sweep.axes, (name) => scaleIn(query, name));
  const objective = objectiveScaleOf(metric, shown.sortedMeans, scaleIn(query, "") ?? "linear");
  const important = sweep.importance.parameters.map(({ name }) => name);
  const heat = heatPair(query, axes, important);
  const statistic = statisticIn(query);
  const pair = contourPair(query, axes, important);
  return {
    query: query.toString(),
    filter,
    counts: {
      asked,
      open,
      byOutcome: ShownPoints.all(points).countOutcomes(),
      shown: shown.countOutcomes(),
    },
    axes,
    objective,
    objectives: objectives.map(({ name }) => name),
    view: axesView(query, axes.map(({ name }) => name)),
    parallel: parallelLines(shown, { objective, limit: linesIn(query) }),
    heatMap: heat && heatMap(shown, { axes, x: heat[0], y: heat[1], statistic, objective }),
    contour: pair && contourMap(shown, { axes, x: pair[0], y: pair[1], objective }),
    slices: slices(shown, { axes, goal: metric.goal }),
    importance: importanceIn(sweep, shown),
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

function madeOf(live: LiveSweep, now: number): Made {
  const { epoch, view: { ledger } } = live;
  const mark = resultsMark(live);
  const known = made.get(live);
  if (known?.mark === mark) return known;
  const { length } = ledger.trials;
  const isYoung = known?.epoch === epoch && !isOver(ledger.status) && length >= MANY &&
    now - known.madeAt < AGE_A_TRIAL_MS * length;
  if (isYoung) return known;
  const fresh = { mark, epoch, madeAt: now, byMetric: new Map(), charts: new Map() };
  made.set(live, fresh);
  return fresh;
}

function freshCharts(live: LiveSweep, metric: ObjectiveMetric): ChartedSweep {
  const { view, ranking } = live;
  const { ledger } = view;
  const objectives = objectivesOf(ledger.spec);
  const seed = ledger.spec.seed;
  const isFirst = metric.name === ledger.spec.metric.name;
  const found = isFirst
    ? configurationPoints(ledger, ranking)
    : configurationPointsBy(ledger, metric);
  const { space, points } = found;
  return {
    ...found,
    metric,
    objectives,
    axes: parameterAxes(space, points),
    seed,
    importance: isFirst
      ? liveImportance(live)
      : importanceOfPoints(ShownPoints.all(points), { space, metric, seed }),
    matching: ({ worker, text, pack }) => {
      const trials = selectTrials(view, { ...ALL_TRIALS, worker, text, pack });
      return new Set<number>(trials.map(({ configuration }) => configuration));
    },
  };
}
