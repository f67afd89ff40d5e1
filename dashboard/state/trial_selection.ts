/** The trials that a query asks for, in its order: made once for each place of the journal. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { ALL_TRIALS, formatTrialsQuery, type TrialsQuery } from "../client/trials/trials_query.ts";
import { metricNames } from "./metric_names.ts";
import { sortColumn, trialMask } from "./trial_mask.ts";
import { filterNames } from "./trial_values.ts";
import { ViewMemory } from "./view_memory.ts";

/** Selections that are remembered for a sweep. */
const REMEMBERED = 16;

const selections = new ViewMemory<readonly Trial[]>(REMEMBERED);
const masks = new ViewMemory<Uint8Array | null>(REMEMBERED);

/**
 * All trials that match, sorted; the window of the query is not looked at. A value that a trial does
 * not have comes last, whatever the direction; equal ones are in the order of their numbers.
 * @throws {SyntaxError} If the filter cannot be read, or there is no such column or state.
 */
export function selectTrials(view: SweepView, query: TrialsQuery): readonly Trial[] {
  return selections.of(view, selectionKey(query), () => {
    const column = sortColumn(view, query.sort, reportedMetrics(view));
    const mask = matchingMask(view, query);
    const { trials } = view.ledger;
    const selected: Trial[] = [];
    for (const id of column.order(query.descending)) {
      const trial = trials[id];
      if (trial !== undefined && (mask === null || mask[id] === 1)) selected.push(trial);
    }
    return selected;
  });
}

/** 1 for each trial that a query's filters let through; null: all. @throws {SyntaxError} */
export function matchingMask(view: SweepView, query: TrialsQuery): Uint8Array | null {
  return masks.of(view, filterKey(query), () => trialMask(view, query, filterableNames(view)));
}

/** What names a selection: the window and what is only shown of it do not. */
export function selectionKey(query: TrialsQuery): string {
  const { sort, descending, state, worker, pack, text } = query;
  return formatTrialsQuery({ ...ALL_TRIALS, sort, descending, state, worker, pack, text });
}

/** What names the trials of a selection, in whatever order. */
export function filterKey({ state, worker, pack, text }: TrialsQuery): string {
  return formatTrialsQuery({ ...ALL_TRIALS, state, worker, pack, text });
}

/** The metrics that trials have reported, sorted. */
export function reportedMetrics(view: SweepView): readonly string[] {
  return metricNames(view);
}

/** What a filter can name at present: metrics come with the first results. */
export function filterableNames(view: SweepView): readonly string[] {
  return filterNames(view, metricNames(view));
}
