/** The newest events of all sweeps that go on, and of the latest others. Pure. */
import type { VNode } from "preact";
import { formatCount } from "../parts/format.ts";
import { allEventsSearch, type AllEventsSnapshot, type SweepEventRow } from "./all_events_model.ts";
import { EmptyState, serverOption } from "../parts/empty_state.tsx";
import { CopyRows, EventNews, EventTable, kindWords } from "./event_table.tsx";

/** What the page needs. */
export interface AllEventsPageProps {
  readonly snapshot: AllEventsSnapshot;
}

/** The page. */
export function AllEventsPage({ snapshot }: AllEventsPageProps): VNode {
  const { query, rows } = snapshot;
  return (
    <>
      <header class="sweep-head">
        <h1>Events</h1>
      </header>
      <section class="card" aria-labelledby="events-title">
        <div class="card-head">
          <h2 id="events-title">Of all sweeps</h2>
          {snapshot.allSweeps > 0 && <p class="note">{extent(snapshot)}</p>}
        </div>
        {snapshot.allSweeps === 0 ? <NoSweep /> : (
          <>
            <Filter snapshot={snapshot} />
            <EventNews href={`/events${allEventsSearch(query)}`} isNewest />
            {rows.length === 0
              ? (
                <p class="empty">
                  <span>
                    No events match. <a href="/events">Show all</a>
                  </span>
                </p>
              )
              : <EventTable rows={rows} subOf={(row) => <Sub row={row} />} />}
            <p class="chips pages">
              <CopyRows rows={rows} />
            </p>
            <p class="note">
              Older events are on each sweep's own page; reports of epochs are its learning curves.
            </p>
          </>
        )}
      </section>
    </>
  );
}

function NoSweep(_: Readonly<Record<never, never>>, context?: unknown): VNode {
  return (
    <EmptyState
      title="Nothing has happened yet: there is no sweep."
      command={`deno task sweep${serverOption(context)}`}
    >
      What sweeps do is listed here, the newest first. This starts the shipped one:
    </EmptyState>
  );
}

function extent({ rows, total, sweeps, allSweeps }: AllEventsSnapshot): string {
  const of = sweeps.length === allSweeps
    ? `${formatCount(allSweeps)} ${allSweeps === 1 ? "sweep" : "sweeps"}`
    : `${sweeps.length} of ${formatCount(allSweeps)} sweeps: what goes on, then the latest`;
  return `the newest ${formatCount(rows.length)} of ${formatCount(total)} events in ${of}`;
}

function Sub({ row }: { readonly row: SweepEventRow }): VNode {
  const page = `/s/${row.sweep}`;
  return (
    <>
      <a href={page}>{row.sweepName}</a> · <a href={`${page}/events`}>{kindWords(row.kind)}</a>
      {row.trial !== null && (
        <>
          {" · "}
          <a href={`${page}/t/${row.trial}`}>trial {row.trial}</a>
        </>
      )}
    </>
  );
}

function Filter(
  { snapshot: { query, sweeps, kinds } }: { readonly snapshot: AllEventsSnapshot },
): VNode {
  const isListed = sweeps.some(({ sweep }) => sweep === query.sweep);
  return (
    <form class="filters" method="get" action="/events">
      <label>
        sweep
        <select name="sweep">
          <option value="">all</option>
          {query.sweep !== null && !isListed && (
            <option value={query.sweep} selected>{query.sweep}</option>
          )}
          {sweeps.map(({ sweep, name }) => (
            <option key={sweep} value={sweep} selected={sweep === query.sweep}>
              {name} ({sweep})
            </option>
          ))}
        </select>
      </label>
      <label>
        kind
        <select name="kind">
          <option value="">all</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === query.kind}>
              {kindWords(kind)}
            </option>
          ))}
        </select>
      </label>
      <label>
        worker
        <input type="text" name="worker" value={query.worker ?? ""} />
      </label>
      <button class="button" type="submit">Apply</button>
      {Object.values(query).some((value) => value !== null) && <a href="/events">Clear</a>}
    </form>
  );
}
