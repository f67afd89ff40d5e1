/** What one client is told of a sweep: exact points, coalesced state, resumable at every id. */
import { isOver } from "../core/domain/sweep.ts";
import type { Clock } from "../core/domain/units.ts";
import type { Presence } from "../core/protocol/presence.ts";
import type { MetricsUpdate, StateUpdate } from "./client/model.ts";
import { type EventId, formatEventId, parseEventId } from "./event_id.ts";
import type { LiveSweep } from "./live_sweep.ts";
import { liveState, type SnapshotOptions } from "./state/overview_snapshot.ts";
import { sweepFacts } from "./state/sweep_facts.ts";
import { pause } from "./waiting.ts";

/** One message of a stream. */
export type FeedMessage =
  /** Points since the last id, none left out and none told twice. */
  | { readonly type: "metrics"; readonly id: string; readonly body: MetricsUpdate }
  /** The sections that changed; all of them first. Without an id, points of the same id follow. */
  | { readonly type: "state"; readonly id: string | null; readonly body: StateUpdate }
  /** What the client has cannot be continued: it must fetch a snapshot. */
  | { readonly type: "resync" }
  /** Nothing will follow: the sweep is over. */
  | { readonly type: "end"; readonly id: string }
  | { readonly type: "heartbeat" };

/** What a feed needs. */
export interface SweepFeedOptions {
  /** The id that the client has, as it sent it; null: it has nothing. */
  readonly after: string | null;
  readonly limit: number;
  readonly workers: () => Promise<readonly Presence[] | null>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Least time between two batches: 5 a second. */
  readonly intervalMs?: number;
  readonly heartbeatMs?: number;
}

/** Workers come and go without a journal entry: their state is looked at this often. */
const WORKERS_MS = 2_000;

/**
 * Ends when the signal aborts or after `end`. It holds nothing but its place: who reads slowly gets
 * larger batches, and `resync` when the place is no longer in the log of recent points.
 */
export async function* sweepFeed(
  live: LiveSweep,
  options: SweepFeedOptions,
): AsyncGenerator<FeedMessage> {
  const { signal, clock, limit, intervalMs = 200, heartbeatMs = 15_000 } = options;
  const ask = { limit, clock };
  const told = new Map<string, string>();
  let place: EventId | null = options.after === null ? here(live) : parseEventId(options.after);
  let toldAt = clock();
  while (!signal.aborted) {
    const version = live.version;
    const workers = await options.workers() ?? [];
    const messages = batch(live, { ...ask, place, workers, told });
    place = here(live);
    if (isOver(live.view.ledger.status)) messages.push({ type: "end", id: formatEventId(place) });
    if (messages.length === 0 && clock() - toldAt >= heartbeatMs) {
      messages.push({ type: "heartbeat" });
    }
    if (messages.length > 0) toldAt = clock();
    yield* messages;
    if (messages.at(-1)?.type === "end") return;
    await pause(intervalMs, signal);
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

/** An id is given away with the last message that it covers: who has it has missed nothing. */
function batch(
  live: LiveSweep,
  options: SnapshotOptions & {
    readonly clock: Clock;
    readonly place: EventId | null;
    readonly told: Map<string, string>;
  },
): FeedMessage[] {
  const now = here(live);
  const { place } = options;
  const isForeign = place === null || place.epoch !== now.epoch || place.sequence > now.sequence;
  const points = isForeign ? null : live.recent.since(place.sequence);
  const asOf = formatEventId(now);
  const body = changes(live, options);
  const hasPoints = points !== null && points.length > 0;
  const messages: FeedMessage[] = points === null ? [{ type: "resync" }] : [];
  if (body !== null) messages.push({ type: "state", id: hasPoints ? null : asOf, body });
  if (hasPoints) messages.push({ type: "metrics", id: asOf, body: { asOf, points } });
  return messages;
}

function changes(
  live: LiveSweep,
  options: SnapshotOptions & { readonly clock: Clock; readonly told: Map<string, string> },
): StateUpdate | null {
  const state = { facts: sweepFacts(live.view), ...liveState(live, options) };
  const changed = Object.entries(state).filter(([section, value]) => {
    const text = JSON.stringify(value);
    const isNew = options.told.get(section) !== text;
    if (isNew) options.told.set(section, text);
    return isNew;
  });
  if (changed.length === 0) return null;
  const asOf = formatEventId(here(live));
  return { asOf, now: options.clock(), ...Object.fromEntries(changed) };
}
