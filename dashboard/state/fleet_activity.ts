/** What workers did in the last minutes, from the journals that they worked for. */
import type { WorkerActivity } from "../client/fleet/fleet_model.ts";
import type { LoggedEvent } from "./event_log.ts";
import type { PackAttempt } from "./pack_attempts.ts";

/** How far back is looked. */
export const ACTIVITY_MS = 600_000;
/** Parts of that time that are told apart. */
const BINS = 30;
const BIN_MS = ACTIVITY_MS / BINS;
const HOUR_MS = 3_600_000;
/** A rate over less time than this says nothing. */
const LEAST_MS = 60_000;

/** What a journal knows of its workers. */
export interface WorkedSweep {
  readonly attempts: readonly PackAttempt[];
  /** Ascending in time. */
  readonly events: readonly LoggedEvent[];
}

/** A worker whose work is looked for. */
export interface ActiveWorker {
  readonly worker: string;
  readonly slots: number;
  readonly startedAt: number;
}

/** The activity of each worker, by name. */
export function fleetActivity(
  workers: readonly ActiveWorker[],
  { sweeps, now }: { readonly sweeps: readonly WorkedSweep[]; readonly now: number },
): ReadonlyMap<string, WorkerActivity> {
  const since = now - ACTIVITY_MS;
  const names = new Set(workers.map(({ worker }) => worker));
  const busy = new Map<string, number[]>();
  const completed = new Map<string, number>();
  for (const { attempts, events } of sweeps) {
    for (const attempt of attempts) {
      const until = endOf(attempt, now);
      if (until <= since || !names.has(attempt.worker)) continue;
      const bins = busy.get(attempt.worker) ?? new Array<number>(BINS).fill(0);
      busy.set(attempt.worker, bins);
      addTime(bins, attempt.startedAt - since, until - since);
    }
    for (let at = events.length - 1; at >= 0; at--) {
      const logged = events[at];
      if (logged === undefined || logged.at < since) break;
      if (logged.event.type !== "trialCompleted" || logged.worker === null) continue;
      completed.set(logged.worker, (completed.get(logged.worker) ?? 0) + 1);
    }
  }
  return new Map(workers.map((one) => [
    one.worker,
    activityOf(one, { now, busy: busy.get(one.worker), completed: completed.get(one.worker) ?? 0 }),
  ]));
}

/** Nobody knows what a lost worker did after its last word. */
function endOf({ outcome, heardAt, endedAt }: PackAttempt, now: number): number {
  return outcome === "lost" ? heardAt : endedAt ?? now;
}

function addTime(bins: number[], from: number, to: number): void {
  const first = Math.max(0, Math.floor(from / BIN_MS));
  for (let bin = first; bin < BINS && bin * BIN_MS < to; bin++) {
    const part = Math.min(to, (bin + 1) * BIN_MS) - Math.max(from, bin * BIN_MS);
    bins[bin] = (bins[bin] ?? 0) + part;
  }
}

function activityOf(
  { slots, startedAt }: ActiveWorker,
  { now, busy = [], completed }: {
    readonly now: number;
    readonly busy: readonly number[] | undefined;
    readonly completed: number;
  },
): WorkerActivity {
  const since = now - ACTIVITY_MS;
  const livedMs = Math.max(0, Math.min(ACTIVITY_MS, now - startedAt));
  const total = busy.reduce((sum, ms) => sum + ms, 0);
  return {
    minutes: ACTIVITY_MS / 60_000,
    shares: Array.from({ length: BINS }, (_, bin) => {
      const end = since + (bin + 1) * BIN_MS;
      const lived = Math.min(BIN_MS, end - startedAt);
      return lived <= 0 ? null : part(busy[bin] ?? 0, slots * lived);
    }),
    busyShare: livedMs > 0 ? part(total, slots * livedMs) : null,
    trialsPerHour: livedMs < LEAST_MS ? null : completed * HOUR_MS / livedMs,
  };
}

/** Journals and workers have clocks of their own: more than all of its time nobody trains. */
function part(ms: number, whole: number): number {
  return Math.round(1000 * Math.min(1, ms / whole)) / 1000;
}
