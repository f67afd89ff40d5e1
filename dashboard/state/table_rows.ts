/** The rows of the table of trials: what was measured, how it ranks, how it differs from a baseline. */
import { parseTrialId } from "../../core/domain/ids.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import { estimateMean } from "../../core/domain/statistics.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type {
  Delta,
  MeasuredCell,
  ShownTrialStatus,
  TableRow,
  TrialColumn,
} from "../client/trials/trials_model.ts";
import type { TrialsQuery } from "../client/trials/trials_query.ts";
import { ColumnRanks } from "./column_ranks.ts";
import { meanDifference } from "./mean_difference.ts";
import {
  groupGetter,
  type GroupSelection,
  numbersGetter,
  representativeOf,
  type TrialGroup,
} from "./trial_groups.ts";
import { filterKey } from "./trial_selection.ts";
import { trialRow } from "./trial_row.ts";
import { isMeasured, shownStatus } from "./trial_values.ts";
import { ViewMemory } from "./view_memory.ts";

const ranksKnown = new ViewMemory<ColumnRanks>(32);

/** Makes rows. */
export interface TableRows {
  readonly rowOf: (group: TrialGroup) => TableRow;
  readonly baseline: TableRow | null;
}

interface Parts {
  readonly query: TrialsQuery;
  readonly groups: Pick<GroupSelection, "numbers">;
  readonly columns: readonly TrialColumn[];
  readonly shown: readonly string[];
}

/** The rows of what a query has selected. @throws {SyntaxError} If there is no such baseline. */
export function tableRows(view: SweepView, parts: Parts): TableRows {
  const cells = parts.columns
    .filter((column) => isMeasured(column) && parts.shown.includes(column.id))
    .map((column) => ({ id: column.id, cellOf: cellMaker(view, column, parts) }));
  const baseline = baselineGroup(view, parts.query);
  const deltaOf = deltaMaker(view, baseline);
  const rowOf = (group: TrialGroup): TableRow => ({
    ...groupRow(view, group),
    measured: Object.fromEntries(cells.map(({ id, cellOf }) => [id, cellOf(group)])),
    delta: deltaOf(group),
  });
  return { rowOf, baseline: baseline === null ? null : rowOf(baseline) };
}

function baselineGroup(
  { ledger }: SweepView,
  { baseline, by }: TrialsQuery,
): TrialGroup | null {
  if (baseline === null) return null;
  if (baseline >= ledger.trials.length) {
    throw new SyntaxError(
      `Cannot measure against trial ${baseline}: there are ${ledger.trials.length}, from 0`,
    );
  }
  const trial = ledger.trial(parseTrialId(baseline));
  if (by === "trial") return [trial];
  const others = ledger.trials.filter(({ configuration, id }) =>
    configuration === trial.configuration && id !== trial.id
  );
  return [trial, ...others];
}

function cellMaker(
  view: SweepView,
  { id, goal }: TrialColumn,
  { query, groups }: Parts,
): (group: TrialGroup) => MeasuredCell {
  const valueOf = groupGetter(view, id);
  const numbersOf = numbersGetter(view, id);
  const ranks = goal === null ? null : ranksKnown.of(
    view,
    `${id} ${query.by} ${filterKey(query)}`,
    () => new ColumnRanks(groups.numbers(id), goal),
  );
  return (group) => {
    const value = numberOf(valueOf(group));
    const numbers = numbersOf(group);
    const place = value === null || ranks === null || ranks.size === 0
      ? null
      : ranks.placeOf(value);
    return {
      value,
      ci95: numbers.length < 2 ? null : estimateMean(numbers).ci95,
      n: numbers.length,
      rank: place?.rank ?? null,
      of: ranks?.size ?? 0,
      step: place?.step ?? 0,
    };
  };
}

function deltaMaker(
  view: SweepView,
  baseline: TrialGroup | null,
): (group: TrialGroup) => Delta | null {
  if (baseline === null) return () => null;
  const numbersOf = numbersGetter(view, "objective");
  const against = numbersOf(baseline);
  return (group) =>
    group.some(({ id }) => id === baseline[0].id)
      ? null
      : meanDifference(numbersOf(group), against);
}

function groupRow(view: SweepView, group: TrialGroup): Omit<TableRow, "measured" | "delta"> {
  const own = trialRow(view, representativeOf(view, group));
  const { parameters } = view.ledger.spec;
  const base = {
    ...own,
    states: statesOf(group),
    exact: variedParameters(parameters)
      .map(({ name }) => String(group[0].hyperparameters[name] ?? "")),
  };
  if (group.length === 1) return base;
  const rows = group.map((trial) => trialRow(view, trial));
  const packs = new Set(rows.map(({ pack }) => pack));
  const workers = [...new Set(rows.flatMap(({ worker }) => worker ?? []))];
  const durations = rows.flatMap(({ durationMs }) => durationMs ?? []);
  return {
    ...base,
    replicate: group.length,
    epochs: rows.reduce((sum, { epochs }) => sum + epochs, 0),
    attempts: rows.reduce((sum, { attempts }) => sum + attempts, 0),
    pack: packs.size === 1 ? own.pack : null,
    worker: workers.length > 1 ? `${workers.length} workers` : workers[0] ?? null,
    durationMs: durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0),
  };
}

function statesOf(group: TrialGroup): readonly (readonly [ShownTrialStatus, number])[] {
  const counts = new Map<ShownTrialStatus, number>();
  for (const trial of group) {
    const state = shownStatus(trial);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts];
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
