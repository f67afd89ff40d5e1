/** The trials that a query asks for, in its order: made once for each place of the journal. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { sortedByNumber } from "./sort_trials.ts";
import { isMatch, parseTrialFilter } from "../client/trials/trial_filter.ts";
import { ALL_TRIALS, formatTrialsQuery, type TrialsQuery } from "../client/trials/trials_query.ts";
import {
  columnGetter,
  filterNames,
  namedValue,
  shownStatus,
  type TrialValue,
} from "./trial_values.ts";
import { ViewMemory } from "./view_memory.ts";

/** Selections that are remembered for a sweep. */
const REMEMBERED = 16;

interface Names {
  /** What a filter can name. */
  readonly all: readonly string[];
  readonly metrics: readonly string[];
}

const selections = new ViewMemory<readonly Trial[]>(REMEMBERED);
const names = new ViewMemory<Names>(1);

/**
 * All trials that match, sorted; the window of the query is not looked at. A value that a trial does
 * not have comes last, whatever the direction; equal ones are in the order of their numbers.
 * @throws {SyntaxError} If the filter cannot be read, or there is no such column or state.
 */
export function selectTrials(view: SweepView, query: TrialsQuery): readonly Trial[] {
  return selections.of(view, selectionKey(query), () => {
    const { all, metrics } = namesOf(view);
    const get = columnGetter(view, query.sort, metrics);
    return sorted(matching(view, query, all), get, query);
  });
}

/** What names a selection: the window and what is only shown of it do not. */
export function selectionKey(query: TrialsQuery): string {
  const { sort, descending, state, worker, pack, text } = query;
  return formatTrialsQuery({ ...ALL_TRIALS, sort, descending, state, worker, pack, text });
}

/** The metrics that trials have reported, sorted. */
export function reportedMetrics(view: SweepView): readonly string[] {
  return namesOf(view).metrics;
}

/** What a filter can name at present: metrics come with the first results. */
export function filterableNames(view: SweepView): readonly string[] {
  return namesOf(view).all;
}

function namesOf(view: SweepView): Names {
  return names.of(view, "", () => {
    const found = new Set<string>();
    for (const trial of view.ledger.trials) {
      for (const name in trial.metrics) found.add(name);
    }
    const metrics = [...found].sort();
    return { all: filterNames(view, metrics), metrics };
  });
}

function matching(
  view: SweepView,
  { state, worker, pack, text }: TrialsQuery,
  names: readonly string[],
): Trial[] {
  checkState(state);
  const terms = parseTrialFilter(text, names);
  return view.ledger.trials.filter((trial) =>
    (state === null || shownStatus(trial) === state) &&
    (worker === null || trial.worker === worker) &&
    (pack === null || trial.pack === pack) &&
    isMatch(terms, (name) => namedValue(view, trial, name))
  );
}

function checkState(state: string | null): void {
  const known: readonly string[] = [...TRIAL_STATUSES, "diverged"];
  if (state === null || known.includes(state)) return;
  throw new SyntaxError(
    `Cannot show trials that are "${state.slice(0, 80)}": it must be one of ${known.join(", ")}`,
  );
}

function sorted(
  trials: readonly Trial[],
  get: (trial: Trial) => TrialValue,
  { descending }: TrialsQuery,
): readonly Trial[] {
  const direction = descending ? -1 : 1;
  return sortedByNumber(trials, get, direction) ?? trials
    .map((trial) => ({ trial, value: get(trial) }))
    .sort((a, b) => compareValues(a.value, b.value, direction) || a.trial.id - b.trial.id)
    .map(({ trial }) => trial);
}

/** Numbers before texts; nothing comes last, whatever the direction. */
export function compareValues(a: TrialValue, b: TrialValue, direction: 1 | -1): number {
  const [isA, isB] = [a !== null && a !== undefined, b !== null && b !== undefined];
  if (!isA || !isB) return Number(isB) - Number(isA);
  if (typeof a === "number" && typeof b === "number") return direction * (a - b);
  if (typeof a === "number" || typeof b === "number") {
    return direction * (typeof a === "number" ? -1 : 1);
  }
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : direction * (left < right ? -1 : 1);
}
