/** Events as a table, whosoever they are, and what tells of newer ones. */
import type { ComponentChildren, VNode } from "preact";
import { formatCount, formatInstant } from "../parts/format.ts";
import type { EventRow } from "./events_model.ts";

/** What a script adds to a page of events. */
export interface EventActions {
  readonly onCopy?: ((text: string) => void) | undefined;
  /** What was copied last, for a moment. */
  readonly copied?: string | null;
  /** Whether new events wait until they are asked for. */
  readonly isPaused?: boolean;
  readonly onPause?: (() => void) | undefined;
  /** Shows the new events. */
  readonly onFresh?: (() => void) | undefined;
  /** Events that have come since what is shown. */
  readonly fresh?: number;
}

/** What the table needs. */
export interface EventTableProps<Row extends EventRow> extends EventActions {
  readonly rows: readonly Row[];
  /** What stands below an event's text. */
  readonly subOf: (row: Row) => ComponentChildren;
}

/** The table. */
export function EventTable<Row extends EventRow>(
  { rows, subOf, ...actions }: EventTableProps<Row>,
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
            <tr key={keyOf(row)} data-kind={row.kind}>
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
                <Json row={row} {...actions} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Json(
  { row, onCopy, copied }: EventActions & { readonly row: EventRow },
): VNode {
  return (
    <details class="event-json">
      <summary aria-label={`JSON of event ${row.number}`}>{"{ }"}</summary>
      <pre class="command" tabIndex={0}><code>{row.json}</code></pre>
      {onCopy && <CopyButton text={row.json} label="Copy" onCopy={onCopy} copied={copied} />}
    </details>
  );
}

/** All rows as lines of JSON, for the clipboard; nothing without a script. */
export function CopyRows(
  { rows, onCopy, copied }: EventActions & { readonly rows: readonly EventRow[] },
): VNode | null {
  if (onCopy === undefined || rows.length === 0) return null;
  const text = rows.map(({ json }) => json).join("\n");
  const label = `Copy ${rows.length} as JSON lines`;
  return <CopyButton text={text} label={label} onCopy={onCopy} copied={copied} />;
}

function CopyButton(
  { text, label, onCopy, copied }: {
    readonly text: string;
    readonly label: string;
    readonly onCopy: (text: string) => void;
    readonly copied: string | null | undefined;
  },
): VNode {
  return (
    <button type="button" class="button" onClick={() => onCopy(text)}>
      {copied === text ? "Copied" : label}
    </button>
  );
}

/** Pause, and the events that wait; `href` shows them without a script. */
export function EventNews(
  { href, fresh = 0, isPaused = false, onPause, onFresh }: EventActions & { readonly href: string },
): VNode {
  return (
    <div class="event-news">
      {onPause && (
        <button type="button" class="button" aria-pressed={isPaused} onClick={onPause}>
          {isPaused ? "Resume" : "Pause"}
        </button>
      )}
      <p class="news" hidden={fresh === 0} role="status">
        {fresh > 0 && (
          <a
            href={href}
            onClick={onFresh && ((event: MouseEvent) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onFresh();
            })}
          >
            {formatCount(fresh)} new {fresh === 1 ? "event" : "events"} ↑
          </a>
        )}
      </p>
    </div>
  );
}

/** `trialCompleted` as people say it. */
export function kindWords(kind: string): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function keyOf(row: EventRow & { readonly sweep?: string }): string {
  return `${row.sweep ?? ""}/${row.number}`;
}
