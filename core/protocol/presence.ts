/** What a worker says of itself, every few seconds, for as long as it lives. */
import type { PackId, SweepId, WorkerId } from "../domain/ids.ts";
import type { Instant, Milliseconds } from "../domain/units.ts";
import type { WorkerLoad } from "./worker_load.ts";

/** A backend that was tried and not taken, with the reason. */
export interface RefusedBackend {
  readonly name: string;
  readonly reason: string;
}

/** A pack that a slot is training. */
export interface HeldPack {
  readonly sweep: SweepId;
  readonly pack: PackId;
  readonly lanes: number;
  readonly since: Instant;
}

/** A sweep that gives a worker no more packs, and why. */
export interface QuarantineNotice {
  readonly sweep: SweepId;
  readonly message: string;
}

/** One worker's record in the presence bucket. */
export interface Presence {
  readonly v: 1;
  readonly worker: WorkerId;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly backend: string;
  /** Why this backend. */
  readonly reason: string;
  readonly refused: readonly RefusedBackend[];
  /** The GPU that it is bound to, as CUDA_VISIBLE_DEVICES names it; absent where it is bound to none. */
  readonly gpu?: string | undefined;
  readonly slots: number;
  readonly draining: boolean;
  readonly packs: readonly HeldPack[];
  /** Absent where no sweep does; older workers never tell. */
  readonly quarantined?: readonly QuarantineNotice[] | undefined;
  /** The latest measurement; absent before the first, and older workers measure nothing. */
  readonly load?: WorkerLoad | undefined;
  /** Optimizer steps of lanes per second, over the last interval. */
  readonly laneStepsPerSecond: number;
  readonly trialsFinished: number;
  readonly startedAt: Instant;
  readonly at: Instant;
}

/** How often a worker renews its record. */
export const PRESENCE_INTERVAL_MS: Milliseconds = 2_000 as Milliseconds;
/** After this much silence a worker is gone. */
export const PRESENCE_TTL_MS: Milliseconds = 8_000 as Milliseconds;
