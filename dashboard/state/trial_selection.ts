/** The trials that a query asks for, in its order: made once for each place of the journal. */
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import { sortedByNumber } from "./sort_trials.ts";
import { isMatch, parseTrialFilter } from "../client/trials/trial_filter.ts";
import { formatTrialsQuery, type TrialsQuery } from "../client/trials/trials_query.ts";
import {
  columnGetter,
  filterNames,
  namedValue,
  shownStatus,
  type TrialValue,
} from "./trial_values.ts";

/** Selections that are remembered for a sweep. */
const REMEMBERED = 16;

interface Remembered {
  readonly sequence: number;
  readonly names: readonly string[];
  readonly selections: Map<string, readonly Trial[]>;
}

const memory = new WeakMap<SweepView, Remembered>();

/**
 * All trials that match, sorted; the window of the query is not looked at. A value that a trial does
 * not have comes last, whatever the direction; equal ones are in the order of their numbers.
 * @throws {SyntaxError} If the filter cannot be read, or there is no such column or state.
 */
export function selectTrials(view: SweepView, query: TrialsQuery): readonly Trial[] {
  const { names, selections } = remembered(view);
  const key = formatTrialsQuery({ ...query, page: 1, size: 50 });
  const known = selections.get(key);
  if (known !== undefined) return known;
  const selected = sorted(view, matching(view, query, names), query);
  if (selections.size >= REMEMBERED) selections.clear();
  selections.set(key, selected);
  return selected;
}

/** What a filter can name at present: metrics come with the first results. */
export function filterableNames(view: SweepView): readonly string[] {
  return remembered(view).names;
}

function remembered(view: SweepView): Remembered {
  const known = memory.get(view);
  if (known?.sequence === view.sequence) return known;
  const metrics = new Set<string>();
  for (const trial of view.ledger.trials) {
    for (const name in trial.metrics) metrics.add(name);
  }
  const names = filterNames(view, metrics);
  const made = { sequence: view.sequence, names, selections: new Map() };
  memory.set(view, made);
  return made;
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
  view: SweepView,
  trials: readonly Trial[],
  { sort, descending }: TrialsQuery,
): readonly Trial[] {
  const get = columnGetter(view, sort);
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
