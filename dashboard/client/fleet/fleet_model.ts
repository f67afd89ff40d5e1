/** What the Fleet page is made from. */
import type { Setting } from "../model.ts";

/** A worker of whatever sweep, as it presents itself. */
export interface FleetRow {
  readonly worker: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** `stale`: it has said nothing for longer than it should. */
  readonly state: "training" | "idle" | "draining" | "quarantined" | "stale";
  readonly backend: string;
  readonly gpu: string | null;
  /** Why this backend. */
  readonly reason: string;
  readonly refused: readonly Setting[];
  readonly slots: number;
  readonly packs: readonly FleetPack[];
  readonly laneStepsPerSecond: number;
  readonly trialsFinished: number;
  /** Sweeps that give it no more packs, and why. */
  readonly quarantined: readonly Setting[];
  readonly startedAt: number;
  readonly lastSeenAt: number;
}

/** A pack that a slot is training. */
export interface FleetPack {
  readonly sweep: string;
  readonly pack: number;
  readonly lanes: number;
  readonly since: number;
}

/** All workers at one time. */
export interface FleetSnapshot {
  readonly now: number;
  /** By name. */
  readonly workers: readonly FleetRow[];
  /** Whether the workers could be asked for. */
  readonly isKnown: boolean;
  /** Where workers join, without credentials; null: nobody told. */
  readonly address: string | null;
}

/** The state of the page. */
export interface FleetPageState {
  readonly page: "fleet";
  readonly snapshot: FleetSnapshot;
}
