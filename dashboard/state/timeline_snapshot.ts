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
  const source = timelineSource(live, { now });
  const attempts = mask === null
    ? source.attempts
    : source.attempts.filter(({ pack }) =>
      live.view.ledger.pack(pack).trials.some((trial) => mask[trial] === 1)
    );
  return {
    ...sweepSnapshot(live, { now }),
    ...timeline({ ...source, attempts }, query),
    total: source.attempts.length,
    filter,
    search: filterIn(params),
  };
}

/** All attempts of a sweep: where it goes on, up to the present. */
export function timelineSource(
  { attempts, view, isAbandoned }: LiveSweep,
  { now }: { readonly now: number },
): TimelineSource {
  const { createdAt, updatedAt, ledger } = view;
  const goesOn = !isAbandoned && (ledger.status === "running" || ledger.leasedPacks.size > 0);
  return {
    attempts: attempts.all,
    startedAt: createdAt,
    endsAt: goesOn ? Math.max(now, updatedAt) : updatedAt,
  };
}
