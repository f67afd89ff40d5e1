/** The Parameters page of a live sweep: one set of configurations, seen in five ways. */
import type { Importance } from "../../core/domain/importance/importance.ts";
import type { ObjectiveMetric } from "../../core/domain/objective.ts";
import { importanceOf } from "../../core/views/importance.ts";
import type { SweepSnapshot } from "../client/model.ts";
import {
  CELL_STATISTICS,
  type ConfigurationPoint,
  type Outcome,
  type ParametersSnapshot,
} from "../client/parameters/parameters_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { RequestError } from "../problem.ts";
import { objectiveDistribution } from "./edf.ts";
import { heatMap, usualPair } from "./heat_map.ts";
import { asOf } from "./overview_snapshot.ts";
import { MOST_LINES, parallelLines, USUAL_LINES } from "./parallel_coordinates.ts";
import { objectiveScale, parameterAxes } from "./parameters_axes.ts";
import { filterPoints, parseParameterFilter } from "./parameters_filter.ts";
import { type ConfigurationPoints, configurationPoints } from "./parameters_points.ts";
import { slices } from "./slices.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";

/** What the charts are made from. */
export interface ChartedSweep extends ConfigurationPoints {
  readonly metric: ObjectiveMetric;
  readonly importance: Importance;
}

/** The page without what every page of the sweep has. */
export type ParameterCharts = Omit<ParametersSnapshot, keyof SweepSnapshot>;

/** What costs most is made once for each place of a journal, whoever asks for whatever part of it. */
const made = new WeakMap<LiveSweep, ChartedSweep & { readonly asOf: string }>();

/** The page for a query. @throws {RequestError} If the query cannot be read. */
export function parametersSnapshot(
  live: LiveSweep,
  { query, now }: { readonly query: URLSearchParams; readonly now: number },
): ParametersSnapshot {
  return { ...sweepSnapshot(live, { now }), ...parameterCharts(chartedSweep(live), query) };
}

/** All charts for a query: however many trials there are, they stay small. @throws {RequestError} */
export function parameterCharts(sweep: ChartedSweep, query: URLSearchParams): ParameterCharts {
  const { space, points, asked, open, importance, metric } = sweep;
  const filter = parseParameterFilter(query, space);
  const shown = filterPoints(points, filter, space);
  const axes = parameterAxes(space, points);
  const objective = objectiveScale(metric, shown);
  return {
    query: query.toString(),
    filter,
    counts: { asked, open, byOutcome: countOutcomes(points), shown: countOutcomes(shown) },
    axes,
    objective,
    parallel: parallelLines(shown, { objective, limit: linesIn(query) }),
    heatMap: heatMapOf(shown, { query, axes, objective, importance }),
    slices: slices(shown, { axes, goal: metric.goal }),
    importance,
    distribution: objectiveDistribution(shown, metric.goal),
  };
}

function chartedSweep(live: LiveSweep): ChartedSweep {
  const known = made.get(live);
  const present = asOf(live);
  if (known?.asOf === present) return known;
  const { ledger } = live.view;
  const fresh = {
    ...configurationPoints(ledger, live.ranking),
    metric: ledger.spec.metric,
    importance: importanceOf(ledger),
    asOf: present,
  };
  made.set(live, fresh);
  return fresh;
}

function heatMapOf(
  points: readonly ConfigurationPoint[],
  { query, axes, objective, importance }:
    & { readonly query: URLSearchParams }
    & Pick<ParametersSnapshot, "axes" | "objective" | "importance">,
): ParametersSnapshot["heatMap"] {
  const usual = usualPair(axes, importance.parameters.map(({ name }) => name));
  if (usual === null) return null;
  const named = (key: string): string | undefined => {
    const name = query.get(key) ?? "";
    return axes.some((axis) => axis.name === name) ? name : undefined;
  };
  const x = named("x") ?? (usual[0] === named("y") ? usual[1] : usual[0]);
  const y = [named("y"), usual[1], usual[0]].find((name) => name !== undefined && name !== x);
  const asked = query.get("cell") ?? "mean";
  const statistic = CELL_STATISTICS.find((name) => name === asked);
  if (statistic === undefined) {
    throw new RequestError(
      `Cannot fill cells with "${asked.slice(0, 80)}": it must be one of ${
        CELL_STATISTICS.join(", ")
      }`,
    );
  }
  return y === undefined ? null : heatMap(points, { axes, x, y, statistic, objective });
}

function linesIn(query: URLSearchParams): number {
  const text = query.get("lines") ?? "";
  if (text === "") return USUAL_LINES;
  const lines = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (lines >= 1 && lines <= MOST_LINES) return lines;
  throw new RequestError(
    `Cannot draw "${text.slice(0, 80)}" lines: it must be an integer from 1 to ${MOST_LINES}`,
  );
}

function countOutcomes(points: readonly ConfigurationPoint[]): Readonly<Record<Outcome, number>> {
  const counts = { completed: 0, diverged: 0, pruned: 0, failed: 0 };
  for (const { outcome } of points) counts[outcome]++;
  return counts;
}
