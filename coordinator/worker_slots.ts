/** The slots that a sweep can count on: those of workers that stay, and that it still gives packs to. */
import type { WorkerId } from "../core/domain/ids.ts";
import type { Presence } from "../core/protocol/presence.ts";
import type { IdleSlots } from "./packing/tail_watch.ts";

/** Slots, by presence: up to an interval of it old. */
export interface WorkerSlots {
  readonly live: number;
  /** Those that no pack is in, of any sweep. */
  readonly idle: IdleSlots;
}

/** No slots at all. */
export const NO_SLOTS: WorkerSlots = { live: 0, idle: { count: 0, workers: [] } };

/**
 * The slots of the workers that were found.
 * @param refused Those in quarantine: their slots are idle, and would take nothing over.
 */
export function workerSlots(
  found: readonly Presence[],
  refused: Pick<ReadonlySet<WorkerId>, "has">,
): WorkerSlots {
  const workers = found.filter(({ worker, draining }) => !draining && !refused.has(worker));
  const idle = workers.filter(({ slots, packs }) => packs.length < slots);
  return {
    live: workers.reduce((sum, { slots }) => sum + slots, 0),
    idle: {
      count: idle.reduce((sum, { slots, packs }) => sum + slots - packs.length, 0),
      workers: idle.map(({ worker }) => worker),
    },
  };
}
