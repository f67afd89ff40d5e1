/** The workers of a sweep: those that live, and those that only the journal remembers. */
import { isOver } from "../../core/domain/sweep.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { WorkerId } from "../../core/domain/ids.ts";
import type { Presence, QuarantineNotice } from "../../core/protocol/presence.ts";
import type { Setting, WorkerRow } from "../client/model.ts";

/** Live workers first, then gone ones, each by name. */
export function workerRows(
  view: SweepView,
  presences: readonly Presence[],
): readonly WorkerRow[] {
  const packsLeased = new Map(view.workers.map((share) => [share.worker, share.packsLeased]));
  // Whoever lives may join a sweep that goes on; one that is over belongs to those who worked on it.
  const concerned = isOver(view.ledger.status)
    ? presences.filter(({ worker }) => packsLeased.has(worker))
    : presences;
  const alive = concerned.map((presence) =>
    liveRow(view, presence, packsLeased.get(presence.worker) ?? 0)
  );
  const present = new Set(presences.map(({ worker }) => worker));
  const gone = view.workers.filter(({ worker }) => !present.has(worker)).map((
    share,
  ): WorkerRow => ({
    worker: share.worker,
    state: "gone",
    host: null,
    backend: share.backend,
    reason: null,
    refused: [],
    quarantined: quarantines(view, share.worker, []),
    packs: 0,
    lanes: 0,
    packsLeased: share.packsLeased,
    laneStepsPerSecond: null,
    lastSeenAt: share.lastSeenAt,
  }));
  return [...alive.sort(byName), ...gone.sort(byName)];
}

function liveRow(view: SweepView, presence: Presence, packsLeased: number): WorkerRow {
  const quarantined = quarantines(view, presence.worker, presence.quarantined ?? []);
  const idle = view.ledger.quarantine.reasonOf(presence.worker) === null ? "idle" : "quarantined";
  const held = presence.packs.filter(({ sweep }) => sweep === view.id);
  return {
    worker: presence.worker,
    state: presence.draining ? "draining" : held.length > 0 ? "training" : idle,
    host: presence.host,
    backend: presence.gpu === undefined
      ? presence.backend
      : `${presence.backend}, GPU ${presence.gpu}`,
    reason: presence.reason,
    refused: presence.refused.map(({ name, reason }) => ({ name, value: reason })),
    quarantined,
    packs: held.length,
    lanes: held.reduce((sum, { lanes }) => sum + lanes, 0),
    packsLeased,
    // None: it is idle, or trains a module of which nobody knows the steps.
    laneStepsPerSecond: presence.laneStepsPerSecond > 0 ? presence.laneStepsPerSecond : null,
    lastSeenAt: presence.at,
  };
}

/** This sweep's own quarantine is in its journal; a worker tells of the others. */
function quarantines(
  { id, ledger }: SweepView,
  worker: WorkerId,
  notices: readonly QuarantineNotice[],
): readonly Setting[] {
  const reason = ledger.quarantine.reasonOf(worker);
  const others = notices.filter(({ sweep }) => sweep !== id)
    .map(({ sweep, message }) => ({ name: sweep, value: message }));
  return reason === null ? others : [{ name: id, value: reason }, ...others];
}

function byName(a: WorkerRow, b: WorkerRow): number {
  return a.worker < b.worker ? -1 : 1;
}
