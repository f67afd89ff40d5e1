/** The part of a timeline that somebody looks at: rows by worker and slot, and as many bars as fit. */
import type { Range } from "../client/model.ts";
import {
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  type Timeline,
  type TimelineBar,
  type TimelineQuery,
  type TimelineRow,
  type TimelineWorker,
} from "../client/timeline/timeline_model.ts";
import { RequestError } from "../problem.ts";
import type { PackAttempt } from "./pack_attempts.ts";

/** Bars that are drawn at most. */
export const MOST_BARS = 400;
/** Workers that are listed at most. */
export const MOST_WORKERS = 60;
/** What is nearer than this part of the window runs into one. */
const RESOLUTION = 1 / 1000;
/** A window has some width, even before anything has happened. */
const LEAST_WINDOW_MS = 1_000;

/** What a timeline is cut from. */
export interface TimelineSource {
  readonly attempts: readonly PackAttempt[];
  readonly startedAt: number;
  /** Its end, or the present. */
  readonly endsAt: number;
}

/** An attempt in time from the sweep's start. */
interface Placed {
  readonly worker: string;
  readonly backend: string;
  readonly slot: number;
  /** Up to when its worker was certainly at it. */
  readonly busyTo: number;
  readonly bar: TimelineBar;
}

/** The query in an address. Empty fields count as absent. @throws {RequestError} */
export function parseTimelineQuery(params: URLSearchParams): TimelineQuery {
  const seconds = (name: string): number | null => {
    const text = params.get(name)?.trim() || null;
    if (text === null) return null;
    if (/^-?\d{1,9}(?:\.\d{1,3})?$/.test(text)) return Number(text);
    throw new RequestError(
      `Cannot read ${name} "${text.slice(0, 80)}": it must be a number of seconds`,
    );
  };
  return { from: seconds("from"), to: seconds("to") };
}

/** The timeline in the query's window. @throws {RequestError} If that ends before it begins. */
export function timeline(source: TimelineSource, query: TimelineQuery): Timeline {
  const { attempts, startedAt, endsAt } = source;
  const lengthMs = Math.max(0, endsAt - startedAt);
  const window = windowOf(query, lengthMs);
  const inWindow = attempts.map((attempt) => placed(attempt, source))
    .filter(({ bar: { from, to } }) => from < window[1] && to >= window[0]);
  const drawn = new Set(mostTelling(inWindow));
  const groups = Map.groupBy(inWindow, ({ worker }) => worker);
  const firstSeen = new Map<string, number>();
  for (const { worker, startedAt: at } of attempts) {
    if (!firstSeen.has(worker)) firstSeen.set(worker, at - startedAt);
  }
  const until = Math.min(window[1], Math.max(lengthMs, window[0]));
  const shares = [...groups].map(([worker, own]) => {
    const since = Math.max(window[0], firstSeen.get(worker) ?? 0);
    return shareOf(worker, own, { drawn, window, lived: [since, until] });
  });
  shares.sort((a, b) => (firstSeen.get(a.told.worker) ?? 0) - (firstSeen.get(b.told.worker) ?? 0));
  const shown = shares.slice(0, MOST_WORKERS);
  return {
    query,
    lengthMs,
    window,
    workers: shown.map(({ told }) => told),
    workersInWindow: shares.length,
    drawn: shown.reduce(
      (sum, { told }) => sum + told.rows.reduce((bars, row) => bars + row.bars.length, 0),
      0,
    ),
    inWindow: inWindow.length,
    total: attempts.length,
    packs: new Set(inWindow.map(({ bar }) => bar.pack)).size,
    again: inWindow.filter(({ bar }) => bar.attempt > 1).length,
    byOutcome: countOutcomes(inWindow),
    busyShare: ratio(sumOf(shares, "busyMs"), sumOf(shares, "livedMs")),
  };
}

function windowOf({ from, to }: TimelineQuery, lengthMs: number): Range {
  const at = (seconds: number): number =>
    Math.max(0, seconds < 0 ? lengthMs + seconds * 1000 : seconds * 1000);
  const start = from === null ? 0 : at(from);
  if (to === null) return [start, Math.max(lengthMs, start + LEAST_WINDOW_MS)];
  const end = at(to);
  if (end > start) return [start, end];
  throw new RequestError(`Cannot show the time from ${from ?? 0} to ${to} s: it must begin before`);
}

function placed(attempt: PackAttempt, { startedAt, endsAt }: TimelineSource): Placed {
  const { worker, backend, slot, pack, lanes, delivery, outcome, message } = attempt;
  const from = attempt.startedAt - startedAt;
  const to = Math.max(from, (attempt.endedAt ?? endsAt) - startedAt);
  // Nobody knows what a lost worker did after its last word.
  const busyTo = outcome === "lost" ? attempt.heardAt - startedAt : to;
  return {
    worker,
    backend,
    slot,
    busyTo,
    bar: { pack, attempt: attempt.attempt, lanes, delivery, from, to, outcome, message },
  };
}

/** All, or those that tell most: what did not complete, then what took longest. */
function mostTelling(all: readonly Placed[]): readonly Placed[] {
  if (all.length <= MOST_BARS) return all;
  const isOrdinary = ({ bar }: Placed): number => bar.outcome === "completed" ? 1 : 0;
  const length = ({ bar }: Placed): number => bar.to - bar.from;
  return all.toSorted((a, b) => isOrdinary(a) - isOrdinary(b) || length(b) - length(a))
    .slice(0, MOST_BARS);
}

interface Share {
  readonly told: TimelineWorker;
  readonly busyMs: number;
  readonly livedMs: number;
}

function shareOf(
  worker: string,
  own: readonly Placed[],
  { drawn, window, lived }: {
    readonly drawn: ReadonlySet<Placed>;
    readonly window: Range;
    readonly lived: Range;
  },
): Share {
  const slots = [...Map.groupBy(own, ({ slot }) => slot)].sort(([a], [b]) => a - b);
  const gap = (window[1] - window[0]) * RESOLUTION;
  let busyMs = 0;
  const rows = slots.map(([slot, inSlot]): TimelineRow => {
    const times = inSlot.map(({ bar, busyTo }): Range => [
      Math.max(window[0], bar.from),
      Math.min(window[1], Math.max(busyTo, bar.from)),
    ]);
    for (const [from, to] of times) busyMs += Math.max(0, to - from);
    const bars = inSlot.filter((one) => drawn.has(one)).map(({ bar }) => bar);
    return { slot, busy: merged(times, gap), bars };
  });
  const livedMs = slots.length * Math.max(0, lived[1] - lived[0]);
  const backend = own.at(-1)?.backend ?? "unknown";
  const busyShare = ratio(busyMs, livedMs);
  return {
    told: { worker, backend, busyShare, lived, attempts: own.length, rows },
    busyMs,
    livedMs,
  };
}

/** Ranges, ascending by their start, that lie nearer than a gap become one. */
function merged(ranges: readonly Range[], gap: number): readonly Range[] {
  const all: Range[] = [];
  for (const [from, to] of ranges) {
    const last = all.at(-1);
    if (last !== undefined && from - last[1] <= gap) {
      all[all.length - 1] = [last[0], Math.max(last[1], to)];
    } else if (to >= from) all.push([from, to]);
  }
  return all;
}

function countOutcomes(all: readonly Placed[]): Readonly<Record<AttemptOutcome, number>> {
  const counts = {
    completed: 0,
    running: 0,
    lost: 0,
    returned: 0,
    failed: 0,
    split: 0,
    stopped: 0,
  };
  for (const outcome of ATTEMPT_OUTCOMES) {
    counts[outcome] = all.filter(({ bar }) => bar.outcome === outcome).length;
  }
  return counts;
}

function sumOf(shares: readonly Share[], of: "busyMs" | "livedMs"): number {
  return shares.reduce((sum, share) => sum + share[of], 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, part / whole) : null;
}
