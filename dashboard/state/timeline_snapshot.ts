/** The Timeline page of a live sweep. */
import type { TimelineQuery, TimelineSnapshot } from "../client/timeline/timeline_model.ts";
import { filterIn } from "../client/parts/shared_filter.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { filteredTrials } from "./filtered_trials.ts";
import { sweepSnapshot } from "./sweep_snapshot.ts";
import { timeline, type TimelineSource } from "./timeline.ts";

/** The page for a query. @throws {RequestError} If the query's window ends before it begins. */
export function timelineSnapshot(
  live: LiveSweep,
  { query, now, params = new URLSearchParams() }: {
    readonly query: TimelineQuery;
    readonly now: number;
    /** The address, for its filter. */
    readonly params?: URLSearchParams;
  },
): TimelineSnapshot {
  const { filter, mask } = filteredTrials(live.view, params);
  return {
    ...sweepSnapshot(live, { now }),
    ...timeline(timelineSource(live, { now, mask }), query),
    total: live.attempts.all.length,
    filter,
    search: filterIn(params),
  };
}

/**
 * All attempts of a sweep: where it goes on, up to the present.
 * @param options.mask 1 for each trial of whose packs they are; null: all.
 */
export function timelineSource(
  { attempts: { all }, view, isAbandoned }: LiveSweep,
  { now, mask = null }: { readonly now: number; readonly mask?: Uint8Array | null },
): TimelineSource {
  const { createdAt, updatedAt, ledger } = view;
  const goesOn = !isAbandoned && (ledger.status === "running" || ledger.leasedPacks.size > 0);
  return {
    attempts: mask === null
      ? all
      : all.filter(({ pack }) => ledger.pack(pack).trials.some((trial) => mask[trial] === 1)),
    startedAt: createdAt,
    endsAt: goesOn ? Math.max(now, updatedAt) : updatedAt,
  };
}
