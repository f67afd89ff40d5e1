/** A window on a sweep's trials as the Trials page shows it. */
import { variedParameters } from "../../core/domain/search_space.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { testMetricOf } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { formatValue } from "../client/parts/format.ts";
import type { TrialRow, TrialsSnapshot } from "../client/trials/trials_model.ts";
import type { TrialsQuery } from "../client/trials/trials_query.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { filterableNames, selectTrials } from "./trial_selection.ts";
import {
  durationMs,
  epochsTrained,
  objectiveOf,
  shownStatus,
  trialColumns,
} from "./trial_values.ts";

/** The window. A page behind the last one is the last one. @throws {SyntaxError} */
export function trialsSnapshot(
  live: LiveSweep,
  query: TrialsQuery,
  { now }: { readonly now: number },
): TrialsSnapshot {
  return windowOn(live, { query, selected: selectTrials(live.view, query), now, problem: null });
}

/** The same without a row, because the query cannot be read. */
export function unreadableTrials(
  live: LiveSweep,
  query: TrialsQuery,
  { now, problem }: { readonly now: number; readonly problem: string },
): TrialsSnapshot {
  return windowOn(live, { query, selected: [], now, problem });
}

function windowOn(
  live: LiveSweep,
  { query, selected, now, problem }: {
    readonly query: TrialsQuery;
    readonly selected: readonly Trial[];
    readonly now: number;
    readonly problem: string | null;
  },
): TrialsSnapshot {
  const { view } = live;
  const pages = Math.max(1, Math.ceil(selected.length / query.size));
  const page = Math.min(query.page, pages);
  const rows = selected.slice((page - 1) * query.size, page * query.size);
  return {
    ...sweepSnapshot(live, { now }),
    query: { ...query, page },
    problem,
    columns: trialColumns(view),
    rows: rows.map((trial) => trialRow(view, trial)),
    matching: selected.length,
    total: view.ledger.trials.length,
    workers: view.workers.map(({ worker }) => worker).sort(),
    names: filterableNames(view),
  };
}

/** A trial as a row. */
export function trialRow(view: SweepView, trial: Trial): TrialRow {
  const { ledger } = view;
  const { spec } = ledger;
  const testMetric = testMetricOf(spec);
  return {
    trial: trial.id,
    configuration: trial.configuration,
    replicate: trial.replicate,
    state: shownStatus(trial),
    values: variedParameters(spec.parameters)
      .map(({ name }) => formatValue(trial.hyperparameters[name] ?? "–")),
    objective: objectiveOf(view, trial),
    test: testMetric === null ? null : trial.metrics[testMetric] ?? null,
    epochs: epochsTrained(trial),
    attempts: trial.attempts,
    worker: trial.worker,
    pack: trial.pack,
    lanes: trial.pack === null ? 0 : ledger.pack(trial.pack).trials.length,
    durationMs: durationMs(view, trial),
  };
}
