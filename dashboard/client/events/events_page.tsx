/** The Events page: what happened in a sweep, the newest first. Pure. */
import type { VNode } from "preact";
import {
  type EventRow,
  eventsHref,
  type EventsQuery,
  type EventsSnapshot,
} from "./events_model.ts";
import { formatCount, formatInstant } from "../parts/format.ts";
import { SweepHead } from "../parts/sweep_head.tsx";
import { EmptyState } from "../parts/empty_state.tsx";

/** What the page needs. */
export interface EventsPageProps {
  readonly snapshot: EventsSnapshot;
  /** Events that have come since the page was made. */
  readonly fresh?: number;
  readonly onCopy?: ((text: string) => void) | undefined;
  /** What was copied last, for a moment. */
  readonly copied?: string | null;
}

/** The page. */
export function EventsPage(props: EventsPageProps): VNode {
  const { snapshot, fresh = 0 } = props;
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
        <p class="news" hidden={fresh === 0} role="status">
          {fresh > 0 && (
            <a href={eventsHref(facts.sweep, { ...query, before: null })}>
              {formatCount(fresh)} new {fresh === 1 ? "event" : "events"} ↑
            </a>
          )}
        </p>
        {rows.length === 0 ? <Nothing snapshot={snapshot} /> : <Table {...props} />}
        <Pages {...props} />
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

function Table(props: EventsPageProps): VNode {
  const { rows, facts, query } = props.snapshot;
  return (
    <div class="scroll" role="region" aria-label="Table of events" tabIndex={0}>
      <table class="events">
        <thead>
          <tr>
            <th scope="col">time (UTC)</th>
            <th scope="col">what</th>
            <th scope="col">worker</th>
            <th scope="col">JSON</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number} data-kind={row.kind}>
              <td>
                <time dateTime={new Date(row.at).toISOString()} title={formatInstant(row.at)}>
                  {formatInstant(row.at).slice(5, 19)}
                </time>
              </td>
              <td class="why">
                {row.text}
                {row.isBest && <b class="best-mark">★ the best so far</b>}
                <span class="sub">
                  {kindWords(row.kind)}
                  {row.trial !== null && query.trial === null && (
                    <>
                      {" · "}
                      <a
                        href={eventsHref(facts.sweep, { ...query, trial: row.trial, before: null })}
                      >
                        only trial {row.trial}
                      </a>
                    </>
                  )}
                </span>
              </td>
              <td>{row.worker ?? "–"}</td>
              <td>
                <Json row={row} {...props} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Json(
  { row, onCopy, copied }: Pick<EventsPageProps, "onCopy" | "copied"> & { readonly row: EventRow },
): VNode {
  return (
    <details class="event-json">
      <summary aria-label={`JSON of event ${row.number}`}>{"{ }"}</summary>
      <pre class="command" tabIndex={0}><code>{row.json}</code></pre>
      {onCopy && (
        <button type="button" class="button" onClick={() => onCopy(row.json)}>
          {copied === row.json ? "Copied" : "Copy"}
        </button>
      )}
    </details>
  );
}

function Pages({ snapshot, onCopy, copied }: EventsPageProps): VNode {
  const { facts, query, rows, newer, matching, newerBefore } = snapshot;
  const last = rows.at(-1);
  const hasOlder = last !== undefined && newer + rows.length < matching;
  const href = (before: number | null): string => eventsHref(facts.sweep, { ...query, before });
  const lines = rows.map(({ json }) => json).join("\n");
  return (
    <nav class="chips pages" aria-label="Pages of events">
      {newer > 0 && <a href={href(null)}>newest</a>}
      {newer > 0 && <a href={href(newerBefore)} rel="prev">newer</a>}
      {hasOlder && <a href={href(last.number)} rel="next">older</a>}
      {onCopy && rows.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => onCopy(lines)}
        >
          {copied === lines ? "Copied" : `Copy ${rows.length} as JSON lines`}
        </button>
      )}
    </nav>
  );
}

function isFiltered({ kind, trial, worker }: EventsQuery): boolean {
  return kind !== null || trial !== null || worker !== null;
}

/** `trialCompleted` as people say it. */
function kindWords(kind: string): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
