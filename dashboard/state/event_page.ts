/** A page of a sweep's events, the newest first. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { eventText } from "../../core/views/event_text.ts";
import type { EventRow, EventsQuery, EventsSnapshot } from "../client/events/events_model.ts";
import type { TrialLog } from "../client/trial/trial_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { RequestError } from "../problem.ts";
import type { LoggedEvent } from "./event_log.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";

/** Events on a page. */
export const EVENTS_A_PAGE = 100;

const LONGEST_LIST = 50;
const LONGEST_TEXT = 600;

/** The query in an address. Empty fields count as absent. @throws {RequestError} */
export function parseEventsQuery(params: URLSearchParams): EventsQuery {
  const text = (name: string): string | null => params.get(name)?.trim() || null;
  const count = (name: string): number | null => {
    const digits = text(name);
    if (digits === null) return null;
    if (/^\d{1,15}$/.test(digits)) return Number(digits);
    throw new RequestError(
      `Cannot read ${name} "${digits.slice(0, 80)}": it must be a whole number`,
    );
  };
  return {
    kind: text("kind"),
    trial: count("trial"),
    worker: text("worker"),
    before: count("before"),
  };
}

/** The page for a query. */
export function eventsSnapshot(
  live: LiveSweep,
  { query, now }: { readonly query: EventsQuery; readonly now: number },
): EventsSnapshot {
  const { events, view: { ledger } } = live;
  const numbers = matchingNumbers(events.events, query, ledger);
  const before = query.before ?? Infinity;
  const end = numbers.findLastIndex((number) => number < before) + 1;
  const start = Math.max(0, end - EVENTS_A_PAGE);
  const next = numbers[end + EVENTS_A_PAGE - 1];
  return {
    ...sweepSnapshot(live, { now }),
    query,
    rows: numbers.slice(start, end).reverse().flatMap((number) => {
      const logged = events.events[number];
      return logged === undefined ? [] : [rowOf(ledger, logged, number)];
    }),
    matching: numbers.length,
    newer: numbers.length - end,
    newerBefore: end === numbers.length || next === undefined ? null : next + 1,
    total: events.events.length,
    reports: events.reports,
    kinds: [...events.kinds].sort(([a], [b]) => a < b ? -1 : 1),
  };
}

/** The last lines that the journal has about a trial or its pack, oldest first. */
export function trialLog(
  { events: { events }, view: { ledger } }: LiveSweep,
  { trial, most }: { readonly trial: TrialId; readonly most: number },
): TrialLog {
  const query = { kind: null, trial, worker: null, before: null };
  const numbers = matchingNumbers(events, query, ledger);
  const lines = numbers.slice(-most).flatMap((number) => {
    const logged = events[number];
    if (logged === undefined) return [];
    const { at, kind, text } = rowOf(ledger, logged, number);
    return [{ number, at, kind, text }];
  });
  return { lines, total: numbers.length };
}

/** The newest events, the newest first. */
export function lastEvents({ events, view: { ledger } }: LiveSweep, most: number): EventRow[] {
  const first = Math.max(0, events.events.length - most);
  return events.events.slice(first)
    .map((logged, index) => rowOf(ledger, logged, first + index)).reverse();
}

/** The numbers of the events that a query is for, ascending. */
function matchingNumbers(
  events: readonly LoggedEvent[],
  { kind, trial, worker }: EventsQuery,
  ledger: SweepLedger,
): readonly number[] {
  const numbers: number[] = [];
  for (const [number, logged] of events.entries()) {
    if (kind !== null && logged.event.type !== kind) continue;
    if (worker !== null && logged.worker !== worker) continue;
    if (trial !== null && !concerns(logged.event, trial, ledger)) continue;
    numbers.push(number);
  }
  return numbers;
}

/** Whether a trial is spoken of, or its pack. */
function concerns(event: SweepEvent, trial: number, ledger: SweepLedger): boolean {
  if ("trial" in event) return event.trial === trial;
  if (event.type === "trialsQueued") return event.trials.some((asked) => asked.trial === trial);
  if (event.type === "packsQueued") {
    return event.packs.some(({ trials }) => trials.some((id) => id === trial));
  }
  return "pack" in event && ledger.pack(event.pack).trials.some((id) => id === trial);
}

/** An event in a line. */
export function rowOf(
  ledger: SweepLedger,
  { event, at, worker, isBest }: LoggedEvent,
  number: number,
): EventRow {
  return {
    number,
    at,
    kind: event.type,
    text: shortened(eventText(ledger, event)),
    isBest,
    trial: "trial" in event ? event.trial : null,
    worker,
    json: JSON.stringify(event, cutLists),
  };
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT
    ? text
    : `${text.slice(0, LONGEST_TEXT)}… (all of it in the JSON)`;
}

function cutLists(_: string, value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= LONGEST_LIST) return value;
  return [...value.slice(0, LONGEST_LIST), `… and ${value.length - LONGEST_LIST} more`];
}
