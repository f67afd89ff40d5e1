/** Events as a table, whosoever they are, and the place where a script tells of newer ones. */
import type { ComponentChildren, VNode } from "preact";
import { formatInstant } from "../parts/format.ts";
import { CopyButton } from "../parts/copy_button.tsx";
import type { EventRow } from "./events_model.ts";

/** What the table needs. */
export interface EventTableProps<Row extends EventRow> {
  readonly rows: readonly Row[];
  /** What stands below an event's text. */
  readonly subOf: (row: Row) => ComponentChildren;
}

/** The table. */
export function EventTable<Row extends EventRow>(
  { rows, subOf }: EventTableProps<Row>,
): VNode {
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
            <tr key={idOf(row)} id={idOf(row)} data-kind={row.kind}>
              <td>
                <time dateTime={new Date(row.at).toISOString()} title={formatInstant(row.at)}>
                  {formatInstant(row.at).slice(5, 19)}
                </time>
              </td>
              <td class="why">
                {row.text}
                {row.isBest && <b class="best-mark">★ the best so far</b>}
                <span class="sub">{subOf(row)}</span>
              </td>
              <td>{row.worker ?? "–"}</td>
              <td>
                <Json row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Json({ row }: { readonly row: EventRow }): VNode {
  return (
    <details class="event-json">
      <summary aria-label={`JSON of event ${row.number}`}>{"{ }"}</summary>
      <pre class="command" tabIndex={0}><code>{row.json}</code></pre>
      <CopyButton label="Copy" what="one" />
    </details>
  );
}

/** All rows as lines of JSON, for the clipboard; nothing without a script. */
export function CopyRows({ rows }: { readonly rows: readonly EventRow[] }): VNode | null {
  if (rows.length === 0) return null;
  return <CopyButton label={`Copy ${rows.length} as JSON lines`} what="all" />;
}

/** What the head of the table needs. */
export interface EventNewsProps {
  /** Where the newest events are: a script tells in a link how many are new. */
  readonly href: string;
  /** Whether these are the newest: others only tell of new ones. */
  readonly isNewest: boolean;
  /** Events that match, on whatever page; absent: new ones are told by the rows. */
  readonly matching?: number;
}

/** Pause, and the events that wait: all of it is a script's. */
export function EventNews({ href, isNewest, matching }: EventNewsProps): VNode {
  return (
    <div class="event-news" data-matching={matching}>
      {isNewest && (
        <button type="button" class="button needs-script" data-pause aria-pressed="false">
          Pause
        </button>
      )}
      <p class="news" hidden role="status">
        <a href={href} />
      </p>
    </div>
  );
}

/** `trialCompleted` as people say it. */
export function kindWords(kind: string): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** By which the row of an event stays the same when newer ones come. */
function idOf(row: EventRow & { readonly sweep?: string }): string {
  return `event-${row.sweep ?? ""}-${row.number}`;
}
