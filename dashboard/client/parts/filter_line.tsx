/** The filter of a page that has none of its own: a form, and what it leaves of the trials. */
import type { VNode } from "preact";
import { TRIAL_STATUSES } from "../../../core/domain/trial.ts";
import { formatCount } from "./format.ts";

/** What a filter lets through. */
export interface FilteredTrials {
  readonly text: string;
  readonly state: string | null;
  readonly worker: string | null;
  readonly pack: number | null;
  readonly workers: readonly string[];
  /** Trials that match, out of how many. */
  readonly matching: number;
  readonly total: number;
  /** Why it cannot be read; then every trial is shown. */
  readonly problem: string | null;
}

/** The form; `action` is the page. It works without a script. */
export function FilterLine({ filter, action, kept = [] }: {
  readonly filter: FilteredTrials;
  readonly action: string;
  /** What else the address says. */
  readonly kept?: readonly (readonly [name: string, value: string])[];
}): VNode {
  const { text, state, worker, pack, workers, matching, total, problem } = filter;
  const isFiltered = text !== "" || state !== null || worker !== null || pack !== null;
  const all = new URLSearchParams(kept.map(([name, value]) => [name, value])).toString();
  return (
    <div class="filter-line">
      <form class="trial-filters" method="get" action={action} aria-label="Filter trials">
        <Choice
          name="state"
          all="all states"
          chosen={state}
          options={[...TRIAL_STATUSES, "diverged"]}
        />
        <Choice name="worker" all="all workers" chosen={worker} options={workers} />
        <label class="field grow">
          <span>where</span>
          <input
            type="text"
            name="q"
            value={text}
            maxLength={500}
            spellcheck={false}
            autocomplete="off"
            placeholder="lr>0.01 replicate=0"
            aria-invalid={problem === null ? undefined : "true"}
          />
        </label>
        {pack !== null && <input type="hidden" name="pack" value={pack} />}
        {kept.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class="button">Filter</button>
      </form>
      {problem !== null && <p class="trouble" role="alert">{problem}</p>}
      {isFiltered && problem === null && (
        <p class="note" data-filtered={matching}>
          {formatCount(matching)} of {formatCount(total)} trials (filter: {describe(filter)}) ·{" "}
          <a href={all === "" ? action : `${action}?${all}`}>clear</a>
        </p>
      )}
    </div>
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

function Choice({ name, all, chosen, options }: {
  readonly name: string;
  readonly all: string;
  readonly chosen: string | null;
  readonly options: readonly string[];
}): VNode {
  return (
    <label class="field">
      <span>{name}</span>
      <select name={name}>
        <option value="" selected={chosen === null}>{all}</option>
        {options.map((option) => (
          <option key={option} value={option} selected={option === chosen}>{option}</option>
        ))}
      </select>
    </label>
  );
}
