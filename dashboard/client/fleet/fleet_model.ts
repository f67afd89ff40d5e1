/** What the Fleet page is made from. */
import type { Setting } from "../model.ts";
import type { FleetLoad } from "./fleet_load.ts";

/** A worker of whatever sweep, as it presents itself. */
export interface FleetRow {
  readonly worker: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** `stale`: it has said nothing for longer than it should. */
  readonly state: FleetState;
  readonly backend: string;
  readonly gpu: string | null;
  /** Why this backend. */
  readonly reason: string;
  readonly refused: readonly Setting[];
  readonly slots: number;
  readonly packs: readonly FleetPack[];
  readonly laneStepsPerSecond: number;
  readonly trialsFinished: number;
  /** Null: nobody could read the journals. */
  readonly activity: WorkerActivity | null;
  /** Null: the worker has measured nothing yet, or never does. */
  readonly load: FleetLoad | null;
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
  /** Trials that are in it, a few of them; empty where the journal does not tell. */
  readonly trials: readonly number[];
  readonly since: number;
}

/** What a worker did in the last minutes. */
export interface WorkerActivity {
  readonly minutes: number;
  /** The busy share of its slots in equal parts of that time, the last one now; null: it did not live. */
  readonly shares: readonly (number | null)[];
  /** Of the whole time, or of as much as it has lived. */
  readonly busyShare: number | null;
  /** Null: it lives too short to say. */
  readonly trialsPerHour: number | null;
}

/** What workers do, in the order of filters. */
export const FLEET_STATES = ["training", "idle", "draining", "quarantined", "stale"] as const;

/** What a worker does. */
export type FleetState = (typeof FLEET_STATES)[number];

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
