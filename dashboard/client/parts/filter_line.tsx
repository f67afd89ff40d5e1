/** The filter of a page that has none of its own: a form, and what it leaves of the trials. */
import type { VNode } from "preact";
import { ChoiceLink } from "./choice_link.tsx";
import { FilterFields } from "./filter_fields.tsx";
import { FilterFrame, FilterHelp } from "./filter_frame.tsx";
import { formatCount } from "./format.ts";

/** What a filter lets through. */
export interface FilteredTrials {
  readonly text: string;
  readonly state: string | null;
  readonly worker: string | null;
  readonly pack: number | null;
  readonly workers: readonly string[];
  /** Comparisons that would do something here. */
  readonly example: string;
  /** Trials that match, out of how many. */
  readonly matching: number;
  readonly total: number;
  /** Why it cannot be read; then every trial is shown. */
  readonly problem: string | null;
}

/** None, of no trials. */
export const NO_FILTER: FilteredTrials = {
  text: "",
  state: null,
  worker: null,
  pack: null,
  workers: [],
  example: "",
  matching: 0,
  total: 0,
  problem: null,
};

/** What the form needs; it works without a script. */
export interface FilterLineProps {
  readonly filter: FilteredTrials;
  /** The page. */
  readonly action: string;
  /** What the address says: its filter is not kept. */
  readonly kept?: readonly (readonly [name: string, value: string])[];
  /** Takes the form's fields instead of the server. */
  readonly onForm?: ((event: Event) => void) | undefined;
  /** Takes the filter away instead of a link. */
  readonly onClear?: (() => void) | undefined;
}

/** The form. */
export function FilterLine({ filter, action, kept = [], onForm, onClear }: FilterLineProps): VNode {
  const { text, state, worker, pack, matching, total, problem } = filter;
  const isFiltered = text !== "" || state !== null || worker !== null || pack !== null;
  const rest = kept.filter(([name]) => !/^(?:q|state|worker|pack)$/.test(name));
  const all = new URLSearchParams(rest.map(([name, value]) => [name, value])).toString();
  const count = `${formatCount(matching)} of ${formatCount(total)} trials`;
  return (
    <FilterFrame isOpen={isFiltered || problem !== null} count={isFiltered ? count : "all trials"}>
      <form
        class="trial-filters"
        method="get"
        action={action}
        aria-label="Filter trials"
        onSubmit={onForm}
        onChange={onForm}
      >
        <FilterFields {...filter} />
        {pack !== null && <input type="hidden" name="pack" value={pack} />}
        {rest.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="button">Filter</button>
        {(isFiltered || problem !== null) && (
          <ChoiceLink href={all === "" ? action : `${action}?${all}`} onChoose={onClear}>
            clear
          </ChoiceLink>
        )}
      </form>
      {isFiltered && problem === null && (
        <p class="note" data-filtered={matching}>{count} (filter: {describe(filter)})</p>
      )}
      <FilterHelp problem={problem} />
    </FilterFrame>
  );
}

function describe({ text, state, worker, pack }: FilteredTrials): string {
  return [
    ...(state === null ? [] : [state]),
    ...(worker === null ? [] : [`worker ${worker}`]),
    ...(pack === null ? [] : [`pack ${pack}`]),
    ...(text === "" ? [] : [text]),
  ].join(", ");
}
