/** The Trials page: pure, so that the server and the browser draw the same. */
import type { VNode } from "preact";
import { MOST_COMPARED } from "../compare/compare_query.ts";
import { formatCount } from "../parts/format.ts";
import { QueryLink } from "../parts/query_link.tsx";
import { filterIn } from "../parts/shared_filter.ts";
import { SweepHead } from "../parts/sweep_head.tsx";
import { TableChoices } from "./table_choices.tsx";
import { type FilterActions, TrialFilters } from "./trial_filters.tsx";
import { TrialTable } from "./trial_table.tsx";
import type { TrialsSnapshot } from "./trials_model.ts";
import { formatTrialsQuery, PAGE_SIZES, type TrialsQuery } from "./trials_query.ts";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page shows; without actions its links and forms load it anew. */
export interface TrialsPageProps extends FilterActions {
  readonly snapshot: TrialsSnapshot;
  readonly onMark?: ((trial: number) => void) | undefined;
  readonly onFilterBy?: ((name: string) => void) | undefined;
}

/** The page below its header. */
export function TrialsPage(props: TrialsPageProps): VNode {
  const { snapshot } = props;
  const { facts, progress, matching } = snapshot;
  return (
    <>
      <SweepHead
        facts={facts}
        progress={progress}
        current={{ page: "trials", isPart: false }}
        filter={filterIn(new URLSearchParams(formatTrialsQuery(snapshot.query)))}
      />
      <TrialFilters {...props} />
      <section class="card trials" aria-labelledby="trials-title">
        <div class="card-head">
          <h2 id="trials-title">Trials</h2>
          <p class="note" data-window>{describeWindow(snapshot)}</p>
        </div>
        {snapshot.problem === null && <TableChoices {...props} hrefOf={hrefOf(snapshot)} />}
        {matching > 0 && (
          <>
            <form
              method="get"
              action={`/s/${facts.sweep}/compare`}
              aria-label="Compare trials"
              autocomplete="off"
            >
              <TrialTable {...props} hrefOf={hrefOf(snapshot)} />
              <Legend {...props} />
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
export function describeWindow(snapshot: TrialsSnapshot): string {
  const { query, rows, matching, total, problem, matchingTrials } = snapshot;
  if (problem !== null) return `none of ${formatCount(total)} is shown`;
  const first = (query.page - 1) * query.size;
  const shown = rows.length === 0
    ? "0"
    : `${formatCount(first + 1)}–${formatCount(first + rows.length)}`;
  const of = query.by === "trial" ? "" : ` configurations (${formatCount(matchingTrials)} trials)`;
  return matching === total
    ? `${shown} of ${formatCount(total)}${of}`
    : `${shown} of ${formatCount(matching)}${of} that match, ${formatCount(total)} in all`;
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

/** What shading, intervals and differences mean. */
function Legend({ snapshot, onMark }: TrialsPageProps): VNode {
  const { matching, query, baseline } = snapshot;
  const isGrouped = query.by === "configuration";
  const rows = `${formatCount(matching)} ${isGrouped ? "configurations" : "trials"} that match`;
  return (
    <p class="note table-legend">
      <span class="heat-key" aria-hidden="true">
        {[2, 4, 6, 8, 10].map((step) => <i key={step} class={`heat-${step}`} />)}
      </span>
      Shading and bar under a number: its rank among the {rows}, the whole width for the best tenth.
      {isGrouped && " ±: Student's 95 % interval of the mean over completed runs."}
      {baseline !== null && (
        isGrouped
          ? " Δ: difference of the means, with Welch's 95 % interval."
          : " Δ: difference of two single runs; a small one may be chance."
      )}
      {onMark && " Keys: arrows move from row to row, x marks one, Enter opens it."}
    </p>
  );
}

function Compare({ snapshot: { rows, query: { marked } }, onMark }: TrialsPageProps): VNode {
  const elsewhere = marked.filter((trial) => !rows.some((row) => row.trial === trial));
  const count = onMark === undefined ? 0 : marked.length;
  return (
    <p class="compare-bar">
      {elsewhere.map((trial) => <input key={trial} type="hidden" name="t" value={trial} />)}
      <button type="submit" class="button">
        {count === 0
          ? "Compare the marked trials"
          : `Compare ${count} trial${count > 1 ? "s" : ""}`}
      </button>{" "}
      <span class="note">
        {elsewhere.length > 0 && `${elsewhere.length} of them on other pages of the table. `}
        {count > MOST_COMPARED && `${MOST_COMPARED} of them stand side by side at once.`}
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

function Exports(
  { snapshot: { facts, query, matchingTrials: matching, problem } }: TrialsPageProps,
): VNode | null {
  if (problem !== null || matching === 0) return null;
  const suffix = formatTrialsQuery({
    ...query,
    by: "trial",
    columns: null,
    baseline: null,
    marked: [],
    page: 1,
    size: PAGE_SIZES[0],
  });
  const base = `/api/v1/sweeps/${facts.sweep}/trials`;
  return (
    <p class="note exports">
      Export {matching === 1 ? "this trial" : `these ${formatCount(matching)} trials`}:{" "}
      <a href={`${base}.csv${suffix}`} download={`${facts.sweep}.csv`}>CSV</a>
      {" · "}
      <a href={`${base}.jsonl${suffix}`} download={`${facts.sweep}.jsonl`}>JSON lines</a>
      {" · "}
      <a href={`${base}.parquet${suffix}`} download={`${facts.sweep}.parquet`}>Parquet</a>
    </p>
  );
}
