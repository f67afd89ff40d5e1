/** The sweeps of `trawl ls`, one a row. */
import { workedMs } from "../../core/domain/sweep_times.ts";
import type { SweepLine } from "../sweep_lines.ts";
import { objective, spokenTime } from "../../core/views/quantities.ts";
import { renderTable, type TableOptions } from "./table.ts";

/** The rows, in the order given; a hint where there is none. */
export function sweepTable(sweeps: readonly SweepLine[], options: TableOptions): readonly string[] {
  if (sweeps.length === 0) return ["No sweeps yet. Start one with: deno task sweep"];
  const columns = [
    { header: "sweep", isWhole: true },
    { header: "state" },
    { header: "asked" },
    { header: "completed" },
    { header: "failed" },
    { header: "best", align: "right" as const },
    { header: "metric" },
    { header: "created (UTC)" },
    { header: "time", align: "right" as const },
  ];
  return renderTable(columns, sweeps.map(rowOf), options);
}

function rowOf({ sweep, state, trials, times, metric, best }: SweepLine): readonly string[] {
  return [
    sweep,
    state,
    String(trials.asked),
    String(trials.completed),
    String(trials.failed),
    best === null ? "" : objective(best),
    metric,
    new Date(times.createdAt).toISOString().slice(0, 16).replace("T", " "),
    spokenTime(workedMs(times)),
  ];
}
