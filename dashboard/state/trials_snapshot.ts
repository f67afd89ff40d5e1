/** A window on a sweep's trials as the Trials page shows it. */
import type { TrialColumn, TrialsSnapshot } from "../client/trials/trials_model.ts";
import type { TrialsQuery } from "../client/trials/trials_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { tableRows } from "./table_rows.ts";
import { type GroupSelection, groupsOf, NO_GROUPS, selectGroups } from "./trial_groups.ts";
import { filterableNames, reportedMetrics } from "./trial_selection.ts";
import { trialColumns } from "./trial_values.ts";
import { ViewMemory } from "./view_memory.ts";

const configurations = new ViewMemory<number>(1);

/** The window. A page behind the last one is the last one. @throws {SyntaxError} */
export function trialsSnapshot(
  live: LiveSweep,
  query: TrialsQuery,
  { now }: { readonly now: number },
): TrialsSnapshot {
  return windowOn(live, { query, groups: selectGroups(live.view, query), now, problem: null });
}

/** The same without a row, because the query cannot be read. */
export function unreadableTrials(
  live: LiveSweep,
  query: TrialsQuery,
  { now, problem }: { readonly now: number; readonly problem: string },
): TrialsSnapshot {
  const readable = { ...query, columns: null, baseline: null };
  return windowOn(live, { query: readable, groups: NO_GROUPS, now, problem });
}

function windowOn(
  live: LiveSweep,
  { query, groups, now, problem }: {
    readonly query: TrialsQuery;
    readonly groups: GroupSelection;
    readonly now: number;
    readonly problem: string | null;
  },
): TrialsSnapshot {
  const { view } = live;
  const { trials } = view.ledger;
  const pages = Math.max(1, Math.ceil(groups.length / query.size));
  const page = Math.min(query.page, pages);
  const columns = trialColumns(view, reportedMetrics(view));
  const shown = shownColumns(columns, query.columns);
  const { rowOf, baseline } = tableRows(view, { query, groups, columns, shown });
  return {
    ...sweepSnapshot(live, { now }),
    query: { ...query, page },
    problem,
    columns,
    shown,
    rows: groups.slice((page - 1) * query.size, page * query.size).map(rowOf),
    baseline,
    matching: groups.length,
    total: query.by === "trial"
      ? trials.length
      : configurations.of(view, "", () => groupsOf(trials).length),
    matchingTrials: groups.trials,
    workers: view.workers.map(({ worker }) => worker).sort(),
    names: filterableNames(view),
  };
}

/** The number of a trial leads its row, whatever was chosen. @throws {SyntaxError} */
function shownColumns(
  columns: readonly TrialColumn[],
  chosen: readonly string[] | null,
): readonly string[] {
  const unknown = chosen?.find((id) => !columns.some((column) => column.id === id));
  if (unknown !== undefined) {
    const known = columns.map(({ id }) => id).join(", ");
    throw new SyntaxError(
      `Cannot show column "${unknown.slice(0, 80)}": it must be one of ${known}`,
    );
  }
  return columns
    .filter(({ id, isUsual }) => id === "trial" || (chosen?.includes(id) ?? isUsual))
    .map(({ id }) => id);
}
