/** What the filter in an address lets through, on pages that show something other than a table. */
import type { SweepView } from "../../core/views/sweep_view.ts";
import { variedParameters } from "../../core/domain/search_space.ts";
import { filterExample } from "../client/parts/filter_fields.tsx";
import type { FilteredTrials } from "../client/parts/filter_line.tsx";
import { filterIn } from "../client/parts/shared_filter.ts";
import { ALL_TRIALS, parseTrialsQuery } from "../client/trials/trials_query.ts";
import { matchingMask } from "./trial_selection.ts";

/** A filter, and 1 for each trial that it lets through; a mask of null: all. */
export interface TrialSieve {
  readonly filter: FilteredTrials;
  readonly mask: Uint8Array | null;
}

/** The filter that an address has. One that cannot be read says so, and lets everything through. */
export function filteredTrials(view: SweepView, params: URLSearchParams): TrialSieve {
  const { trials, spec } = view.ledger;
  const total = trials.length;
  const workers = view.workers.map(({ worker }) => worker).sort();
  const names = variedParameters(spec.parameters).map(({ name }) => name);
  const always = { workers, total, example: filterExample(spec.metric.name, names) };
  let query = { ...ALL_TRIALS, text: params.get("q")?.trim() ?? "" };
  try {
    query = { ...query, ...parseTrialsQuery(new URLSearchParams(filterIn(params))) };
    const mask = matchingMask(view, query);
    const matching = mask === null ? total : mask.reduce((sum, one) => sum + one, 0);
    return { filter: { ...always, ...chosen(query), matching, problem: null }, mask };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { message: problem } = error;
    return { filter: { ...always, ...chosen(query), matching: total, problem }, mask: null };
  }
}

function chosen(
  { text, state, worker, pack }: typeof ALL_TRIALS,
): Pick<FilteredTrials, "text" | "state" | "worker" | "pack"> {
  return { text, state, worker, pack };
}
