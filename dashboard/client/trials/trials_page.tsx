/** The Trials page: pure, so that the server and the browser draw the same. */
import type { VNode } from "preact";
import { MOST_COMPARED } from "../compare/compare_query.ts";
import { formatCount } from "../parts/format.ts";
import { QueryLink } from "../parts/query_link.tsx";
import { SweepHead } from "../parts/sweep_head.tsx";
import { type FilterActions, TrialFilters } from "./trial_filters.tsx";
import { TrialTable } from "./trial_table.tsx";
import type { TrialsSnapshot } from "./trials_model.ts";
import { formatTrialsQuery, PAGE_SIZES, type TrialsQuery } from "./trials_query.ts";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page shows; without actions its links and forms load it anew. */
export interface TrialsPageProps extends FilterActions {
  readonly snapshot: TrialsSnapshot;
  /** Trials that are marked for a comparison, in the order in which they were. */
  readonly marked?: readonly number[] | undefined;
  readonly onMark?: ((trial: number) => void) | undefined;
}

/** The page below its header. */
export function TrialsPage(props: TrialsPageProps): VNode {
  const { snapshot } = props;
  const { facts, progress, matching } = snapshot;
  return (
    <>
      <SweepHead facts={facts} progress={progress} current={{ page: "trials", isPart: false }} />
      <section class="card trials" aria-labelledby="trials-title">
        <div class="card-head">
          <h2 id="trials-title">Trials</h2>
          <p class="note" data-window>{describeWindow(snapshot)}</p>
        </div>
        <TrialFilters {...props} />
        {matching > 0 && (
          <>
            <form
              method="get"
              action={`/s/${facts.sweep}/compare`}
              aria-label="Compare trials"
              autocomplete="off"
            >
              <TrialTable {...props} hrefOf={hrefOf(snapshot)} />
              <Compare {...props} />
            </form>
            <Pager {...props} />
          </>
        )}
        {matching === 0 && snapshot.problem === null && <Nothing {...props} />}
        <Exports {...props} />
      </section>
    </>
  );
}

/** `1–50 of 640`, and out of how many those are chosen. */
export function describeWindow({ query, rows, matching, total, problem }: TrialsSnapshot): string {
  if (problem !== null) return `none of ${formatCount(total)} is shown`;
  const first = (query.page - 1) * query.size;
  const shown = rows.length === 0
    ? "0"
    : `${formatCount(first + 1)}–${formatCount(first + rows.length)}`;
  return matching === total
    ? `${shown} of ${formatCount(total)}`
    : `${shown} of ${formatCount(matching)} that match, ${formatCount(total)} in all`;
}

/** The address of this page with another query. */
export function hrefOf({ facts }: TrialsSnapshot): (query: TrialsQuery) => string {
  return (query) => `/s/${facts.sweep}/trials${formatTrialsQuery(query)}`;
}

function Nothing({ snapshot, onQuery }: TrialsPageProps): VNode {
  const { total, query, facts } = snapshot;
  if (total === 0) {
    return (
      <EmptyState title="No trial was asked for yet.">
        The first ones appear here at once.
      </EmptyState>
    );
  }
  const all: TrialsQuery = { ...query, state: null, worker: null, pack: null, text: "", page: 1 };
  return (
    <EmptyState title={`None of ${formatCount(total)} trials matches.`}>
      <QueryLink query={all} href={hrefOf(snapshot)(all)} onQuery={onQuery}>
        Show all trials of {facts.name}
      </QueryLink>
    </EmptyState>
  );
}

function Compare({ snapshot: { rows }, marked }: TrialsPageProps): VNode {
  const elsewhere = (marked ?? []).filter((trial) => !rows.some((row) => row.trial === trial));
  const count = marked?.length ?? 0;
  const isTooMany = count > MOST_COMPARED;
  return (
    <p class="compare-bar">
      {elsewhere.map((trial) => <input key={trial} type="hidden" name="t" value={trial} />)}
      <button type="submit" class="button" disabled={isTooMany}>
        {count === 0
          ? "Compare the marked trials"
          : `Compare ${count} trial${count > 1 ? "s" : ""}`}
      </button>{" "}
      <span class="note">
        {isTooMany
          ? `At most ${MOST_COMPARED} can be compared at once.`
          : elsewhere.length > 0 && `${elsewhere.length} of them on other pages of the table`}
      </span>
    </p>
  );
}

function Pager({ snapshot, onQuery }: TrialsPageProps): VNode {
  const { query, matching } = snapshot;
  const pages = Math.max(1, Math.ceil(matching / query.size));
  const href = hrefOf(snapshot);
  const step = (page: number, label: string): VNode => {
    const next = { ...query, page };
    return page < 1 || page > pages || page === query.page
      ? <span class="pager-off" aria-disabled="true">{label}</span>
      : <QueryLink query={next} href={href(next)} onQuery={onQuery}>{label}</QueryLink>;
  };
  return (
    <div class="pager">
      <nav aria-label="Pages of the table" class="pager-steps">
        {step(1, "« first")}
        {step(query.page - 1, "‹ previous")}
        <span>page {formatCount(query.page)} of {formatCount(pages)}</span>
        {step(query.page + 1, "next ›")}
        {step(pages, "last »")}
      </nav>
      <nav aria-label="Rows a page" class="chips">
        {PAGE_SIZES.map((size) => {
          const next = { ...query, size, page: 1 };
          return (
            <QueryLink
              key={size}
              query={next}
              href={href(next)}
              onQuery={onQuery}
              isChosen={size === query.size}
            >
              {size} rows
            </QueryLink>
          );
        })}
      </nav>
    </div>
  );
}

function Exports({ snapshot: { facts, query, matching, problem } }: TrialsPageProps): VNode | null {
  if (problem !== null || matching === 0) return null;
  const suffix = formatTrialsQuery({ ...query, page: 1, size: PAGE_SIZES[0] });
  const base = `/api/v1/sweeps/${facts.sweep}/trials`;
  return (
    <p class="note exports">
      Export {matching === 1 ? "this trial" : `these ${formatCount(matching)} trials`}:{" "}
      <a href={`${base}.csv${suffix}`} download={`${facts.sweep}.csv`}>CSV</a>
      {" · "}
      <a href={`${base}.jsonl${suffix}`} download={`${facts.sweep}.jsonl`}>JSON lines</a>
    </p>
  );
}
