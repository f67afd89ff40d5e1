/** What one client is told of a sweep: exact points, coalesced state, resumable at every id. */
import { isOver } from "../core/domain/sweep.ts";
import type { Clock } from "../core/domain/units.ts";
import type { Presence } from "../core/protocol/presence.ts";
import { type EventId, formatEventId, parseEventId } from "./event_id.ts";
import type { LiveSweep } from "./live_sweep.ts";
import { type Extent, SharedTexts } from "./stream/shared_texts.ts";
import { pause } from "./waiting.ts";

/** One message of a stream; a body is JSON. */
export type FeedMessage =
  /** Points since the last id, none left out and none told twice (a `MetricsUpdate`). */
  | { readonly type: "metrics"; readonly id: string; readonly body: string }
  /**
   * The sections that changed; all of them first (a `StateUpdate`). Without an id, points of the
   * same id follow.
   */
  | { readonly type: "state"; readonly id: string | null; readonly body: string }
  /** What the client has cannot be continued: it must fetch a snapshot. */
  | { readonly type: "resync" }
  /** The sweep is over. Nothing follows, unless somebody reopens it. */
  | { readonly type: "end"; readonly id: string }
  | { readonly type: "heartbeat" };

/** What a feed needs. */
export interface SweepFeedOptions {
  /** The id that the client has, as it sent it; null: it has nothing. */
  readonly after: string | null;
  readonly extent: Extent;
  readonly workers: () => Promise<readonly Presence[] | null>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether it goes on after `end`, for sweeps that are reopened. */
  readonly staysOpen?: boolean;
  /** Time between two batches: 5 a second. */
  readonly intervalMs?: number;
  readonly heartbeatMs?: number;
}

/** Workers come and go without a journal entry: their state is looked at this often. */
const WORKERS_MS = 2_000;
const NOBODY: readonly Presence[] = [];

/** One for each sweep that is followed, for all of its clients. */
const texts = new WeakMap<LiveSweep, SharedTexts>();

/**
 * Ends when the signal aborts, or after `end` unless it stays open. What it yields belongs together,
 * up to the id in it. It holds nothing but its place: who reads slowly gets larger batches, and
 * `resync` when the place is no longer in the log of recent points.
 */
export async function* sweepFeed(
  live: LiveSweep,
  options: SweepFeedOptions,
): AsyncGenerator<readonly FeedMessage[]> {
  const { signal, clock, extent, intervalMs = 200, heartbeatMs = 15_000 } = options;
  const told = new Map<string, string>();
  let place: EventId | null = options.after === null ? here(live) : parseEventId(options.after);
  let toldAt = clock();
  let hasEnded = false;
  while (!signal.aborted) {
    const workers = await options.workers() ?? NOBODY;
    const version = live.version;
    const messages = batch(live, { extent, place, workers, told, now: clock() });
    place = here(live);
    const isEnd = isOver(live.view.ledger.status);
    if (isEnd && (!hasEnded || messages.length > 0)) {
      messages.push({ type: "end", id: formatEventId(place) });
    }
    hasEnded = isEnd;
    if (messages.length === 0 && Math.abs(clock() - toldAt) >= heartbeatMs) {
      messages.push({ type: "heartbeat" });
    }
    if (messages.length > 0) toldAt = clock();
    if (messages.length > 0) yield messages;
    if (isEnd && options.staysOpen !== true) return;
    // At the same moments for all clients: what they are told alike is then made once.
    await pause(intervalMs - clock() % intervalMs, signal);
    if (isEnd) live.lookAgain();
    await live.changed(version, { atMostMs: Math.min(WORKERS_MS, heartbeatMs), signal });
  }
}

/** Whether a client with this id knows all that there will be. */
export function knowsAll(live: LiveSweep, after: string | null): boolean {
  return isOver(live.view.ledger.status) && after === formatEventId(here(live));
}

function here(live: LiveSweep): EventId {
  return { epoch: live.epoch, sequence: live.view.sequence };
}

interface BatchOptions {
  readonly extent: Extent;
  readonly place: EventId | null;
  readonly workers: readonly Presence[];
  /** The sections as they were told last. */
  readonly told: Map<string, string>;
  readonly now: number;
}

/** An id is given away with the last message that it covers: who has it has missed nothing. */
function batch(live: LiveSweep, options: BatchOptions): FeedMessage[] {
  const { place, extent } = options;
  const now = here(live);
  const asOf = formatEventId(now);
  const shared = texts.get(live) ?? new SharedTexts(live);
  texts.set(live, shared);
  const isForeign = place === null || place.epoch !== now.epoch || place.sequence > now.sequence;
  const points = isForeign
    ? null
    : extent.kind === "progress"
    ? ""
    : shared.pointsSince(place.sequence);
  const changes = changed(shared, options);
  const messages: FeedMessage[] = points === null ? [{ type: "resync" }] : [];
  if (changes !== "") {
    const body = `{"asOf":${JSON.stringify(asOf)},"now":${options.now}${changes}}`;
    messages.push({ type: "state", id: points ? null : asOf, body });
  }
  if (points) messages.push({ type: "metrics", id: asOf, body: points });
  return messages;
}

/** The sections that are others than told, each as `,"name":value`. */
function changed(shared: SharedTexts, { extent, workers, told }: BatchOptions): string {
  let changes = "";
  for (const [section, text] of shared.sections(extent, workers)) {
    if (told.get(section) === text) continue;
    told.set(section, text);
    changes += `,"${section}":${text}`;
  }
  return changes;
}
