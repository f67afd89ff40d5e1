/** What the Timeline page is made from. */
import type { FilteredTrials } from "../parts/filter_line.tsx";
import type { Range, SweepSnapshot } from "../model.ts";

/** How attempts end, in the order of legends; `stopped`: nobody wants the result any more. */
export const ATTEMPT_OUTCOMES = [
  "completed",
  "running",
  "lost",
  "returned",
  "failed",
  "split",
  "stopped",
] as const;

/** How an attempt at a pack ended, or that it goes on. */
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** One attempt at a pack. Times are milliseconds from the sweep's start. */
export interface TimelineBar {
  readonly pack: number;
  readonly attempt: number;
  readonly lanes: number;
  /** How many times its lease was delivered, from 1. */
  readonly delivery: number;
  readonly from: number;
  /** Its end, or the present where it goes on. */
  readonly to: number;
  readonly outcome: AttemptOutcome;
  readonly message: string | null;
}

/** What a worker did in one of its slots. */
export interface TimelineRow {
  /** From 0. */
  readonly slot: number;
  /** When it trained, whatever is drawn as bars: apart by more than the eye can tell. */
  readonly busy: readonly Range[];
  readonly bars: readonly TimelineBar[];
}

/** One worker's rows. */
export interface TimelineWorker {
  readonly worker: string;
  readonly backend: string;
  /** Of the window, from its first pack on, the share in which its slots trained; null: not there. */
  readonly busyShare: number | null;
  /** The part of the window in which it was there: what is free of work in it is idle time. */
  readonly lived: Range;
  /** Attempts in the window. */
  readonly attempts: number;
  readonly rows: readonly TimelineRow[];
}

/** Seconds from the sweep's start, below 0 from its end; null: as far as there is something. */
export interface TimelineQuery {
  readonly from: number | null;
  readonly to: number | null;
}

/** The part of a timeline that a query is for. */
export interface Timeline {
  readonly query: TimelineQuery;
  /** How long the sweep has lasted, in milliseconds. */
  readonly lengthMs: number;
  /** What is shown, in milliseconds from the sweep's start. */
  readonly window: Range;
  readonly workers: readonly TimelineWorker[];
  /** Workers in the window, listed or not. */
  readonly workersInWindow: number;
  /** Bars that are drawn, and attempts in the window. */
  readonly drawn: number;
  readonly inWindow: number;
  /** Attempts of the whole sweep. */
  readonly total: number;
  /** In the window. */
  readonly packs: number;
  readonly again: number;
  readonly byOutcome: Readonly<Record<AttemptOutcome, number>>;
  readonly busyShare: number | null;
}

/** The page. */
export interface TimelineSnapshot extends SweepSnapshot, Timeline {
  /** Attempts at packs with a trial that it lets through are shown. */
  readonly filter: FilteredTrials;
  /** The same as an address has it; see `shared_filter.ts`. */
  readonly search: string;
}

/** The query of an address, with its question mark; empty for the whole timeline. */
export function timelineSearch({ from, to }: TimelineQuery, filter = ""): string {
  const params = new URLSearchParams(filter);
  if (from !== null) params.set("from", String(from));
  if (to !== null) params.set("to", String(to));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
