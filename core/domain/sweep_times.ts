/** When a sweep began, ended and was last heard of, and for how long nobody worked on it. */
import type { JournalEntry } from "./sweep_event.ts";
import { type Instant, type Milliseconds, milliseconds } from "./units.ts";

/** A sweep's times, as its journal tells them. */
export interface SweepTimes {
  readonly createdAt: Instant;
  /** The last entry; it never goes back, whatever the coordinators' clocks do. */
  readonly updatedAt: Instant;
  readonly endedAt: Instant | null;
  /** Between the last entry of a coordinator and the first one of the next. */
  readonly idleMs: Milliseconds;
}

/** The times after a journal's first entry. */
export function beginTimes(first: JournalEntry): SweepTimes {
  const begun = { createdAt: first.at, updatedAt: first.at, endedAt: null };
  return foldTimes({ ...begun, idleMs: milliseconds(0) }, first);
}

/** The times after one more entry. */
export function foldTimes(times: SweepTimes, { at, events }: JournalEntry): SweepTimes {
  let { endedAt, idleMs } = times;
  // The coordinator's clock may be set back, and a resume may be on another machine: time goes on.
  const updatedAt = at < times.updatedAt ? times.updatedAt : at;
  for (const { type } of events) {
    if (type === "coordinatorStarted") {
      idleMs = milliseconds(idleMs + updatedAt - times.updatedAt);
    }
    if (type === "sweepEnded") endedAt = updatedAt;
  }
  return { createdAt: times.createdAt, updatedAt, endedAt, idleMs };
}

/**
 * How long somebody worked on the sweep.
 * @param until The present where somebody does; else the sweep's end, or its last entry.
 */
export function workedMs(times: SweepTimes, until?: Instant): Milliseconds {
  const end = times.endedAt ?? until ?? times.updatedAt;
  return milliseconds(Math.max(0, end - times.createdAt - times.idleMs));
}
