/** Which trials the table shows: state, worker, pack, and comparisons. A form that needs no script. */
import type { VNode } from "preact";
import { filterExample, FilterFields } from "../parts/filter_fields.tsx";
import { FilterFrame, FilterHelp } from "../parts/filter_frame.tsx";
import { formatCount } from "../parts/format.ts";
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
  const { query, facts, workers, problem, matchingTrials } = snapshot;
  const text = draft ?? query.text;
  const change = (part: Partial<TrialsQuery>): void =>
    onQuery?.({ ...query, text, page: 1, ...part });
  const isOpen = isFiltered(query) || problem !== null;
  return (
    <FilterFrame
      isOpen={isOpen}
      count={isOpen ? `${formatCount(matchingTrials)} trials` : "all trials"}
    >
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
        <FilterFields
          state={query.state}
          worker={query.worker}
          workers={workers}
          text={text}
          example={filterExample(facts.metric, facts.varied)}
          problem={problem}
          onState={onQuery && ((state) => change({ state }))}
          onWorker={onQuery && ((worker) => change({ worker }))}
          onText={onDraft}
        />
        <KeptFields query={{ ...query, state: null, worker: null, text: "" }} />
        <button type="submit" class="button">Filter</button>
        <Clear snapshot={snapshot} onQuery={onQuery} />
      </form>
      <FilterHelp problem={problem}>A click on a value in the table adds one.</FilterHelp>
    </FilterFrame>
  );
}

function isFiltered({ state, worker, text, pack }: TrialsQuery): boolean {
  return state !== null || worker !== null || text !== "" || pack !== null;
}

function Clear(
  { snapshot: { query, facts, names, problem }, onQuery }: Pick<
    FiltersProps,
    "snapshot" | "onQuery"
  >,
): VNode {
  const path = `/s/${facts.sweep}/trials`;
  const withoutPack = { ...query, pack: null, page: 1 };
  const all = { ...withoutPack, state: null, worker: null, text: "" };
  const terms = termsIn(query.text, names);
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
      {(isFiltered(query) || problem !== null) && (
        <QueryLink query={all} href={path + formatTrialsQuery(all)} onQuery={onQuery}>
          clear
        </QueryLink>
      )}
    </span>
  );
}
