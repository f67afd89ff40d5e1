/** The workers of all sweeps, from what they say of themselves and what journals know of them. */
import type { PackId, SweepId } from "../../core/domain/ids.ts";
import { type Presence, PRESENCE_INTERVAL_MS } from "../../core/protocol/presence.ts";
import type { WorkerLoad } from "../../core/protocol/worker_load.ts";
import type { FleetRow, WorkerActivity } from "../client/fleet/fleet_model.ts";
import { LOAD_MS } from "../load_history.ts";
import { fleetLoad } from "./fleet_load.ts";

/** After so many renewals that did not come a worker is stale; a little later it is gone. */
const MISSED = 2.5;
/** Trials that are named of a pack. */
const MOST_TRIALS = 8;

/** What is known of workers beside what they say. */
export interface FleetKnowledge {
  readonly now: number;
  readonly activity?: ReadonlyMap<string, WorkerActivity>;
  /** What a worker measured in equal parts of the last minutes. */
  readonly loadsOf?: (worker: string) => readonly (WorkerLoad | null)[];
  /** The trials in a pack. */
  readonly trialsOf?: (sweep: SweepId, pack: PackId) => readonly number[];
}

/** A row for each worker, by host and name. */
export function fleetRows(
  presences: readonly Presence[],
  known: FleetKnowledge,
): readonly FleetRow[] {
  return presences.map((presence) => rowOf(presence, known)).sort((a, b) =>
    compare(a.host, b.host) || compare(a.worker, b.worker)
  );
}

function rowOf(presence: Presence, { now, activity, trialsOf, loadsOf }: FleetKnowledge): FleetRow {
  const quarantined = (presence.quarantined ?? [])
    .map(({ sweep, message }) => ({ name: sweep, value: message }));
  return {
    worker: presence.worker,
    host: presence.host,
    pid: presence.pid,
    version: presence.version,
    state: stateOf(presence, now),
    backend: presence.backend,
    gpu: presence.gpu ?? null,
    reason: presence.reason,
    refused: presence.refused.map(({ name, reason }) => ({ name, value: reason })),
    slots: presence.slots,
    packs: presence.packs.map(({ sweep, pack, lanes, since }) => ({
      sweep,
      pack,
      lanes,
      trials: trialsOf?.(sweep, pack).slice(0, MOST_TRIALS) ?? [],
      since,
    })),
    laneStepsPerSecond: presence.laneStepsPerSecond,
    trialsFinished: presence.trialsFinished,
    activity: activity?.get(presence.worker) ?? null,
    load: fleetLoad(presence.load, {
      parts: loadsOf?.(presence.worker) ?? [],
      minutes: LOAD_MS / 60_000,
    }),
    quarantined,
    startedAt: presence.startedAt,
    lastSeenAt: presence.at,
  };
}

function stateOf(
  { at, draining, packs, quarantined = [] }: Presence,
  now: number,
): FleetRow["state"] {
  if (now - at > MISSED * PRESENCE_INTERVAL_MS) return "stale";
  if (draining) return "draining";
  if (packs.length > 0) return "training";
  return quarantined.length > 0 ? "quarantined" : "idle";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
