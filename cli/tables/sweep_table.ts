/** The sweeps of `trawl ls`, one a row. */
import { leaderboard } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { objective, spokenTime } from "../terminal/quantities.ts";
import { renderTable, type TableOptions } from "./table.ts";

/** The rows, in the order given; a hint where there is none. */
export function sweepTable(views: readonly SweepView[], options: TableOptions): readonly string[] {
  if (views.length === 0) return ["No sweeps yet. Start one with: deno task sweep"];
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
  return renderTable(columns, views.map(rowOf), options);
}

function rowOf(view: SweepView): readonly string[] {
  const { counts, spec, status } = view.ledger;
  const [best] = leaderboard(view.ledger);
  return [
    view.id,
    status,
    String(counts.asked),
    String(counts.completed),
    String(counts.failed),
    best === undefined ? "" : objective(best.objective),
    spec.metric.name,
    new Date(view.createdAt).toISOString().slice(0, 16).replace("T", " "),
    spokenTime(view.wallMs(view.updatedAt)),
  ];
}
