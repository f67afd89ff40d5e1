/** Which trials a query's filters let through, found column by column. */
import type { SweepView } from "../../core/views/sweep_view.ts";
import { TRIAL_STATUSES } from "../../core/domain/trial.ts";
import { type FilterTerm, isMatch, parseTrialFilter } from "../client/trials/trial_filter.ts";
import type { TrialsQuery } from "../client/trials/trials_query.ts";
import { columnGetter, isOfTrial, namedGetter } from "./trial_values.ts";
import { type ValueColumn, valueColumn } from "./value_columns.ts";

/** What of a query leaves trials out. */
export type TrialFilter = Pick<TrialsQuery, "state" | "worker" | "pack" | "text">;

/**
 * 1 for each trial that matches; null: all do.
 * @param names What a filter can name.
 * @throws {SyntaxError} If the filter cannot be read, or there is no such state.
 */
export function trialMask(
  view: SweepView,
  { state, worker, pack, text }: TrialFilter,
  names: readonly string[],
): Uint8Array | null {
  checkState(state);
  const terms = parseTrialFilter(text, names);
  const mask = new Uint8Array(view.ledger.trials.length).fill(1);
  for (const [id, value] of Object.entries({ state, worker, pack })) {
    if (value === null) continue;
    const term: FilterTerm = { name: id, comparison: "=", value: String(value) };
    narrow(mask, sortColumn(view, id), term);
  }
  for (const term of terms) narrow(mask, namedColumn(view, term.name), term);
  return state === null && worker === null && pack === null && terms.length === 0 ? null : mask;
}

/** What a table is sorted by. @throws {SyntaxError} If the sweep has no such column. */
export function sortColumn(
  view: SweepView,
  id: string,
  metrics: readonly string[] = [],
): ValueColumn {
  const get = columnGetter(view, id, metrics);
  return valueColumn(view, { name: `column ${id}`, get, isOfTrial: isOfTrial(id) });
}

function namedColumn(view: SweepView, name: string): ValueColumn {
  const get = namedGetter(view, name);
  return valueColumn(view, { name: `named ${name}`, get, isOfTrial: isOfTrial(name) });
}

/** Leaves out what does not hold for a comparison. */
function narrow(mask: Uint8Array, { values, texts }: ValueColumn, term: FilterTerm): void {
  if (texts === null) return narrowNumbers(mask, values, term);
  const holds = texts.map((text) => isMatch([term], () => text));
  const holdsForNothing = isMatch([term], () => null);
  for (let id = 0; id < mask.length; id++) {
    const place = values[id] ?? NaN;
    if (!(Number.isNaN(place) ? holdsForNothing : holds[place])) mask[id] = 0;
  }
}

/** NaN, which is nothing, is different from everything and less or greater than nothing. */
function narrowNumbers(
  mask: Uint8Array,
  values: Float64Array,
  { comparison, value: text }: FilterTerm,
): void {
  const holds = comparing(comparison, Number(text));
  for (let id = 0; id < mask.length; id++) {
    if (!holds(values[id] ?? NaN)) mask[id] = 0;
  }
}

function comparing(comparison: FilterTerm["comparison"], than: number): (value: number) => boolean {
  switch (comparison) {
    case "=":
      return (value) => value === than;
    case "!=":
      return (value) => value !== than;
    case "<":
      return (value) => value < than;
    case "<=":
      return (value) => value <= than;
    case ">":
      return (value) => value > than;
    case ">=":
      return (value) => value >= than;
    default:
      return comparison satisfies never;
  }
}

/** @throws {SyntaxError} If trials cannot be in it. */
export function checkState(state: string | null): void {
  const known: readonly string[] = [...TRIAL_STATUSES, "diverged"];
  if (state === null || known.includes(state)) return;
  throw new SyntaxError(
    `Cannot show trials that are "${state.slice(0, 80)}": it must be one of ${known.join(", ")}`,
  );
}
