/** What the Events page is made from. */
import type { SweepSnapshot } from "../model.ts";

/** An event in a line. */
export interface EventRow {
  /** Its number in the sweep, from 0, epoch reports left out. */
  readonly number: number;
  readonly at: number;
  readonly kind: string;
  readonly text: string;
  /** The better result than all before it. */
  readonly isBest: boolean;
  readonly trial: number | null;
  readonly worker: string | null;
  /** The event as it is in the journal; long lists are cut, and say so. */
  readonly json: string;
}

/** Which events are shown; null: all. */
export interface EventsQuery {
  readonly kind: string | null;
  readonly trial: number | null;
  readonly worker: string | null;
  /** Only events with a smaller number: the page before; null: up to the newest. */
  readonly before: number | null;
}

/** A page of events, the newest first. */
export interface EventsSnapshot extends SweepSnapshot {
  readonly query: EventsQuery;
  readonly rows: readonly EventRow[];
  /** Events that match the query, on whatever page. */
  readonly matching: number;
  /** How many of these are newer than the page. */
  readonly newer: number;
  /** Where the next newer page begins; null: this is the newest. */
  readonly newerBefore: number | null;
  readonly total: number;
  /** Epoch reports: the learning curves are made of them. */
  readonly reports: number;
  /** Every kind there is, with how many there are. */
  readonly kinds: readonly (readonly [kind: string, count: number])[];
}

/** The page's address with a query. */
export function eventsHref(sweep: string, query: EventsQuery): string {
  return `/s/${sweep}/events${eventsSearch(query)}`;
}

/** The query of an address, with its question mark; empty where everything is asked for. */
export function eventsSearch({ kind, trial, worker, before }: EventsQuery): string {
  const fields = Object.entries({ kind, trial, worker, before })
    .flatMap(([name, value]) => value === null ? [] : [[name, String(value)]]);
  return fields.length === 0 ? "" : `?${new URLSearchParams(fields)}`;
}
