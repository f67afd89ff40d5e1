/** A live sweep as the overview shows it. */
import type { Presence } from "../../core/protocol/presence.ts";
import type { LiveState, OverviewSnapshot } from "../client/model.ts";
import { formatEventId } from "../event_id.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { curveSelection } from "./curve_selection.ts";
import { failures } from "./failures.ts";
import { progress } from "./progress.ts";
import { bestConfiguration, leaderboardState } from "./ranking.ts";
import { sweepFacts } from "./sweep_facts.ts";
import { workerRows } from "./worker_rows.ts";

/** Rows of the leaderboard that are shown unless somebody asks for more. */
export const DEFAULT_LIMIT = 50;

/** What a snapshot needs beside the sweep. */
export interface SnapshotOptions {
  readonly workers: readonly Presence[];
  /** Rows of the leaderboard. */
  readonly limit: number;
  /** 1 for each trial whose curve may be drawn; null: all. */
  readonly mask?: Uint8Array | null;
}

/** All that changes in a sweep. */
export function liveState(live: LiveSweep, options: SnapshotOptions): LiveState {
  return {
    progress: progress(live),
    best: bestConfiguration(live),
    leaderboard: leaderboardState(live, options.limit),
    failures: failures(live.view),
    workers: workerRows(live.view, options.workers),
    selection: curveSelection(live.view, live.ranking, options.mask),
  };
}

/** The whole overview at the journal's present end. */
export function overviewSnapshot(
  live: LiveSweep,
  options: SnapshotOptions & { readonly now: number },
): OverviewSnapshot {
  return {
    asOf: asOf(live),
    now: options.now,
    facts: sweepFacts(live.view),
    live: liveState(live, options),
  };
}

/** The id of the last event that a view of the sweep includes. */
export function asOf(live: LiveSweep): string {
  return formatEventId({ epoch: live.epoch, sequence: live.view.sequence });
}
