/** Which trials the table shows: state, worker, pack, and comparisons. A form that needs no script. */
import type { VNode } from "preact";
import { TRIAL_STATUSES } from "../../../core/domain/trial.ts";
import { QueryLink } from "../parts/query_link.tsx";
import { formatTerm, termsIn, withoutTerm } from "./filter_terms.ts";
import { KeptFields } from "./kept_fields.tsx";
import type { TrialsSnapshot } from "./trials_model.ts";
import { formatTrialsQuery, type TrialsQuery } from "./trials_query.ts";

/** What the browser adds to the form. */
export interface FilterActions {
  readonly onQuery?: ((query: TrialsQuery) => void) | undefined;
  /** The comparisons as they are being typed, and who is told. */
  readonly draft?: string | undefined;
  readonly onDraft?: ((text: string) => void) | undefined;
}

interface FiltersProps extends FilterActions {
  readonly snapshot: TrialsSnapshot;
}

/** The form. */
export function TrialFilters({ snapshot, onQuery, draft, onDraft }: FiltersProps): VNode {
  const { query, facts, workers, problem } = snapshot;
  const text = draft ?? query.text;
  const change = (part: Partial<TrialsQuery>): void =>
    onQuery?.({ ...query, text, page: 1, ...part });
  return (
    <>
      <form
        class="trial-filters"
        method="get"
        action={`/s/${facts.sweep}/trials`}
        aria-label="Filter trials"
        onSubmit={onQuery && ((event: Event) => {
          event.preventDefault();
          change({});
        })}
      >
        <Choice
          name="state"
          all="all states"
          chosen={query.state}
          options={[...TRIAL_STATUSES, "diverged"]}
          onChoice={onQuery && ((state) => change({ state }))}
        />
        <Choice
          name="worker"
          all="all workers"
          chosen={query.worker}
          options={workers}
          onChoice={onQuery && ((worker) => change({ worker }))}
        />
        <Where snapshot={snapshot} text={text} onDraft={onDraft} />
        <KeptFields query={{ ...query, state: null, worker: null, text: "" }} />
        <button type="submit" class="button">Filter</button>
        <Clear snapshot={snapshot} onQuery={onQuery} />
      </form>
      {problem === null
        ? (
          <p id="filter-help" class="note">
            Comparisons with = != &lt; &lt;= &gt; &gt;=, a blank between them; all must hold. A
            click on a value in the table adds one.
          </p>
        )
        : <p id="filter-help" class="trouble" role="alert">{problem}</p>}
    </>
  );
}

function Where(
  { snapshot, text, onDraft }: Pick<FiltersProps, "snapshot" | "onDraft"> & {
    readonly text: string;
  },
): VNode {
  return (
    <label class="field grow">
      <span>where</span>
      <input
        type="text"
        name="q"
        value={text}
        maxLength={500}
        spellcheck={false}
        autocomplete="off"
        placeholder={example(snapshot)}
        aria-invalid={snapshot.problem === null ? undefined : "true"}
        aria-describedby="filter-help"
        onInput={onDraft && ((event: InputEvent) => {
          if (isField(event.currentTarget)) onDraft(event.currentTarget.value);
        })}
      />
    </label>
  );
}

function Clear(
  { snapshot: { query, facts, names }, onQuery }: Pick<FiltersProps, "snapshot" | "onQuery">,
): VNode {
  const path = `/s/${facts.sweep}/trials`;
  const withoutPack = { ...query, pack: null, page: 1 };
  const all = { ...withoutPack, state: null, worker: null, text: "" };
  const terms = termsIn(query.text, names);
  const isFiltered = query.state !== null || query.worker !== null || query.text !== "" ||
    query.pack !== null;
  return (
    <span class="chips">
      {query.pack !== null && (
        <QueryLink
          query={withoutPack}
          href={path + formatTrialsQuery(withoutPack)}
          onQuery={onQuery}
          isChosen
          label={`Only pack ${query.pack} is shown: show every pack`}
        >
          pack {query.pack} ×
        </QueryLink>
      )}
      {terms.map((term) => {
        const without = { ...query, text: withoutTerm(query.text, term, names), page: 1 };
        return (
          <QueryLink
            key={formatTerm(term)}
            query={without}
            href={path + formatTrialsQuery(without)}
            onQuery={onQuery}
            isChosen
            label={`Show all again, whether ${formatTerm(term)} or not`}
          >
            {formatTerm(term)} ×
          </QueryLink>
        );
      })}
      {isFiltered && (
        <QueryLink query={all} href={path + formatTrialsQuery(all)} onQuery={onQuery}>
          clear all
        </QueryLink>
      )}
    </span>
  );
}

function Choice(
  { name, all, chosen, options, onChoice }: {
    readonly name: string;
    readonly all: string;
    readonly chosen: string | null;
    readonly options: readonly string[];
    readonly onChoice?: ((value: string | null) => void) | undefined;
  },
): VNode {
  return (
    <label class="field">
      <span>{name}</span>
      <select
        name={name}
        onChange={onChoice && ((event: Event) => {
          if (isField(event.currentTarget)) onChoice(event.currentTarget.value || null);
        })}
      >
        <option value="" selected={chosen === null}>{all}</option>
        {options.map((option) => (
          <option key={option} value={option} selected={option === chosen}>{option}</option>
        ))}
      </select>
    </label>
  );
}

function isField(target: EventTarget | null): target is EventTarget & { readonly value: string } {
  return target !== null && "value" in target;
}

/** A filter that would do something here. */
function example({ facts, names }: TrialsSnapshot): string {
  const parameter = facts.varied.find((name) => names.includes(name) && /^[\w.-]+$/.test(name));
  return parameter === undefined ? "attempts>1" : `${parameter}=… ${facts.metric}>…`;
}
