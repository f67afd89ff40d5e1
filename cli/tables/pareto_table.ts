/** The Pareto front of a sweep as `trawl show --front` tells it. */
import { variedParameters } from "../../core/domain/search_space.ts";
import { type ParetoView, paretoView } from "../../core/views/pareto_view.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import {
  confidence,
  count,
  counted,
  metricValue,
  parameterValue,
  spokenTime,
} from "../../core/views/quantities.ts";
import { renderTable, type TableOptions } from "./table.ts";

/** When the hypervolume is told: after these shares of the configurations. */
const TOLD_AFTER = [0.1, 0.25, 0.5, 0.75, 1];

/** The lines: the front with each objective's value, and how its hypervolume grew. */
export function paretoTable(view: SweepView, options: TableOptions): readonly string[] {
  const pareto = paretoView(view);
  const goals = pareto.objectives.map(({ name, goal }) => `${goal} ${name}`).join(", ");
  if (pareto.front.length === 0) {
    return [`Objectives: ${goals}`, "No trial completed, so there is no front."];
  }
  return [
    `Objectives: ${goals}`,
    `Pareto front: ${counted(pareto.front.length, "configuration")} of ${
      count(pareto.measured)
    }; no other is as good in all objectives and better in one`,
    "",
    ...rowsOf(view, pareto, options),
    "",
    ...caveats(pareto),
    ...hypervolumeLines(pareto),
  ];
}

function rowsOf(
  view: SweepView,
  { front, objectives }: ParetoView,
  options: TableOptions,
): readonly string[] {
  const varied = variedParameters(view.ledger.spec.parameters).map(({ name }) => name);
  const columns = [
    { header: "configuration", align: "right" as const },
    { header: "trial", align: "right" as const },
    ...objectives.flatMap(({ name }) => [
      { header: name, align: "right" as const },
      { header: "95 % CI", isWhole: true, isOptional: true },
    ]),
    { header: "n", align: "right" as const, isOptional: true },
    ...varied.map((name) => ({ header: name })),
  ];
  const rows = front.map((row) => [
    String(row.configuration),
    String(row.trials[0] ?? ""),
    ...row.values.flatMap((value) => [metricValue(value.mean), confidence(value)]),
    row.completed === row.asked ? String(row.completed) : `${row.completed}/${row.asked}`,
    ...varied.map((name) => parameterValue(row.hyperparameters[name])),
  ]);
  return renderTable(columns, rows, options);
}

function caveats({ front, excluded }: ParetoView): readonly string[] {
  const lines: string[] = [];
  if (front.some(({ values }) => values.some(({ ci95 }) => ci95 !== null))) {
    lines.push("95 % CI: Student's t over n replicates, of each objective by itself.");
  }
  if (excluded > 0) {
    lines.push(`${counted(excluded, "configuration")} diverged or lacked an objective.`);
  }
  return lines;
}

function hypervolumeLines(pareto: ParetoView): readonly string[] {
  const { history, objectives, reference } = pareto;
  const places = [...new Set(TOLD_AFTER.map((share) => Math.ceil(share * history.length)))];
  const told = places.flatMap((place) => {
    const point = history[place - 1];
    if (point === undefined || point.hypervolume === null) return [];
    return [`${metricValue(point.hypervolume)} after ${place} (${spokenTime(point.atMs)})`];
  });
  const corner = objectives.map(({ name }, i) => `${name} ${metricValue(reference[i] ?? 0)}`);
  if (pareto.hypervolume === null) {
    const size = `${count(pareto.front.length)} points in ${objectives.length} objectives`;
    return [`Hypervolume not computed: ${size} would take too long`];
  }
  return [
    `Hypervolume ${metricValue(pareto.hypervolume)}, measured from ${corner.join(", ")}`,
    ...(told.length === 0 ? [] : [`  by configurations: ${told.join(", ")}`]),
  ];
}
