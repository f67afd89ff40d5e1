/** The Events page: what happened in a sweep, the newest first. Pure. */
import type { VNode } from "preact";
import { CopyRows, EventNews, EventTable, kindWords } from "./event_table.tsx";
import {
  type EventRow,
  eventsHref,
  type EventsQuery,
  type EventsSnapshot,
} from "./events_model.ts";
import { formatCount } from "../parts/format.ts";
import { SweepHead } from "../parts/sweep_head.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page needs. */
export interface EventsPageProps {
  readonly snapshot: EventsSnapshot;
}

/** The page. */
export function EventsPage({ snapshot }: EventsPageProps): VNode {
  const { facts, progress, query, rows } = snapshot;
  return (
    <>
      <SweepHead facts={facts} progress={progress} current={{ page: "events", isPart: false }} />
      <section class="card" aria-labelledby="events-title">
        <div class="card-head">
          <h2 id="events-title">Events</h2>
          <p class="note">{extent(snapshot)}</p>
        </div>
        <Filter snapshot={snapshot} />
        <EventNews
          href={eventsHref(facts.sweep, { ...query, before: null })}
          isNewest={query.before === null}
          matching={snapshot.matching}
        />
        {rows.length === 0 ? <Nothing snapshot={snapshot} /> : (
          <EventTable
            rows={rows}
            subOf={(row) => <Sub row={row} snapshot={snapshot} />}
          />
        )}
        <Pages snapshot={snapshot} />
        <p class="note">
          {formatCount(snapshot.reports)}{" "}
          reports of epochs are not listed: the learning curves are made of them.
        </p>
      </section>
    </>
  );
}

function extent({ rows, matching, newer, total }: EventsSnapshot): string {
  const of = matching === total
    ? formatCount(total)
    : `${formatCount(matching)} that match, of ${formatCount(total)}`;
  return rows.length === 0
    ? `0 of ${of}`
    : `${formatCount(newer + 1)} to ${formatCount(newer + rows.length)} of ${of}, the newest first`;
}

function Filter(
  { snapshot: { facts, query, kinds } }: { readonly snapshot: EventsSnapshot },
): VNode {
  return (
    <form class="filters" method="get" action={`/s/${facts.sweep}/events`}>
      <label>
        kind
        <select name="kind">
          <option value="">all</option>
          {kinds.map(([kind, count]) => (
            <option key={kind} value={kind} selected={kind === query.kind}>
              {kindWords(kind)} ({formatCount(count)})
            </option>
          ))}
        </select>
      </label>
      <label>
        trial
        <input type="number" min="0" name="trial" value={query.trial ?? ""} />
      </label>
      <label>
        worker
        <input type="text" name="worker" value={query.worker ?? ""} />
      </label>
      <button class="button" type="submit">Apply</button>
      {isFiltered(query) && <a href={`/s/${facts.sweep}/events`}>Clear</a>}
    </form>
  );
}

function Nothing({ snapshot: { facts, query } }: { readonly snapshot: EventsSnapshot }): VNode {
  return (
    isFiltered(query)
      ? (
        <EmptyState title="No events match.">
          <a href={`/s/${facts.sweep}/events`}>Show all events of {facts.name}</a>
        </EmptyState>
      )
      : (
        <EmptyState title="Nothing has happened yet.">
          What happens is written here as it does.
        </EmptyState>
      )
  );
}

function Sub(
  { row, snapshot: { facts, query } }: {
    readonly row: EventRow;
    readonly snapshot: EventsSnapshot;
  },
): VNode {
  return (
    <>
      {kindWords(row.kind)}
      {row.trial !== null && query.trial === null && (
        <>
          {" · "}
          <a href={eventsHref(facts.sweep, { ...query, trial: row.trial, before: null })}>
            only trial {row.trial}
          </a>
        </>
      )}
    </>
  );
}

function Pages({ snapshot }: EventsPageProps): VNode {
  const { facts, query, rows, newer, matching, newerBefore } = snapshot;
  const last = rows.at(-1);
  const hasOlder = last !== undefined && newer + rows.length < matching;
  const href = (before: number | null): string => eventsHref(facts.sweep, { ...query, before });
  return (
    <nav class="chips pages" aria-label="Pages of events">
      {newer > 0 && <a href={href(null)}>newest</a>}
      {newer > 0 && <a href={href(newerBefore)} rel="prev">newer</a>}
      {hasOlder && <a href={href(last.number)} rel="next">older</a>}
      <CopyRows rows={rows} />
    </nav>
  );
}

function isFiltered({ kind, trial, worker }: EventsQuery): boolean {
  return kind !== null || trial !== null || worker !== null;
}
