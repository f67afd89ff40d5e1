/** The workers of all sweeps, from what they say of themselves. */
import { type Presence, PRESENCE_INTERVAL_MS } from "../../core/protocol/presence.ts";
import type { FleetRow } from "../client/fleet/fleet_model.ts";

/** After so many renewals that did not come a worker is stale; a little later it is gone. */
const MISSED = 2.5;

/** A row for each worker, by host and name. */
export function fleetRows(
  presences: readonly Presence[],
  { now }: { readonly now: number },
): readonly FleetRow[] {
  return presences.map((presence) => rowOf(presence, now)).sort((a, b) =>
    compare(a.host, b.host) || compare(a.worker, b.worker)
  );
}

function rowOf(presence: Presence, now: number): FleetRow {
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
    packs: presence.packs,
    laneStepsPerSecond: presence.laneStepsPerSecond,
    trialsFinished: presence.trialsFinished,
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
