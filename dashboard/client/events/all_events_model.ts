/** What the page of all sweeps' events is made from. */
import type { EventRow } from "./events_model.ts";

/** An event with its sweep. */
export interface SweepEventRow extends EventRow {
  readonly sweep: string;
  readonly sweepName: string;
}

/** Which events are shown; null: all. */
export interface AllEventsQuery {
  readonly sweep: string | null;
  readonly kind: string | null;
  readonly worker: string | null;
}

/** The newest events, the newest first. */
export interface AllEventsSnapshot {
  readonly now: number;
  readonly query: AllEventsQuery;
  readonly rows: readonly SweepEventRow[];
  /** Events of the sweeps that were looked through. */
  readonly total: number;
  /** The sweeps that were looked through: those that go on, then the latest ones. */
  readonly sweeps: readonly { readonly sweep: string; readonly name: string }[];
  /** How many sweeps there are. */
  readonly allSweeps: number;
  /** Every kind there is in them. */
  readonly kinds: readonly string[];
}

/** The query of an address, with its question mark; empty where everything is asked for. */
export function allEventsSearch(query: AllEventsQuery): string {
  const fields = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]]
  );
  return fields.length === 0 ? "" : `?${new URLSearchParams(fields)}`;
}
