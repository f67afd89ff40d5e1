/**
 * Which workers fail attempt after attempt while others get on: a fold of what happened to whom, so
 * that a restarted coordinator trusts and distrusts the same ones.
 */
import type { WorkerId } from "./ids.ts";

/** So many failed attempts in a row put a worker in quarantine, if others get on meanwhile. */
export const QUARANTINE_AFTER = 5;

/** What a sweep remembers of one worker. Places count what was noted, from 1; 0: never. */
export interface WorkerRecord {
  readonly worker: WorkerId;
  /** Attempts that failed or were lost, since the last result. */
  readonly failures: number;
  /** The place of the first of them. */
  readonly failingSince: number;
  /** The place of its last reported epoch or result. */
  readonly progressAt: number;
  /** Why it gets no more packs of the sweep; null: it does. */
  readonly quarantine: string | null;
}

/** All that a quarantine knows, as data. */
export interface QuarantineState {
  readonly place: number;
  readonly records: readonly WorkerRecord[];
}

type Mutable = { -readonly [K in keyof WorkerRecord]: WorkerRecord[K] };

/** The records of a sweep's workers. */
export class Quarantine {
  readonly #records = new Map<WorkerId, Mutable>();
  #place = 0;

  /** The quarantine that gave this state away. */
  static restore({ place, records }: QuarantineState): Quarantine {
    const quarantine = new Quarantine();
    quarantine.#place = place;
    for (const record of records) quarantine.#records.set(record.worker, { ...record });
    return quarantine;
  }

  /** Everything, as data. */
  state(): QuarantineState {
    return { place: this.#place, records: [...this.#records.values()].map((one) => ({ ...one })) };
  }

  /** The workers that get no more packs, with the reasons. */
  get reasons(): ReadonlyMap<WorkerId, string> {
    const reasons = new Map<WorkerId, string>();
    for (const { worker, quarantine } of this.#records.values()) {
      if (quarantine !== null) reasons.set(worker, quarantine);
    }
    return reasons;
  }

  /** Why the worker gets no more packs; null if it does. */
  reasonOf(worker: WorkerId): string | null {
    return this.#records.get(worker)?.quarantine ?? null;
  }

  /** It reported an epoch. */
  noteProgress(worker: WorkerId): void {
    this.#record(worker).progressAt = ++this.#place;
  }

  /** It brought a result: whatever failed before was not its fault alone. */
  noteResult(worker: WorkerId): void {
    const record = this.#record(worker);
    record.progressAt = ++this.#place;
    record.failures = 0;
    record.failingSince = 0;
    record.quarantine = null;
  }

  /** An attempt of it failed or was lost. */
  noteFailure(worker: WorkerId): void {
    const record = this.#record(worker);
    this.#place++;
    if (record.failures === 0) record.failingSince = this.#place;
    record.failures++;
  }

  /** It gets no more packs. */
  confine(worker: WorkerId, reason: string): void {
    this.#record(worker).quarantine = reason;
  }

  /** Everybody starts anew. */
  lift(): void {
    this.#records.clear();
  }

  /**
   * How many failures in a row one more makes, if that must put the worker in quarantine; else null.
   * Somebody who is trusted must have got on since the first of them, without a failure of his own:
   * else it may be the sweep that is broken, and the last one who works would be sent away.
   */
  judgeFailure(worker: WorkerId): number | null {
    const record = this.#records.get(worker);
    if (record === undefined || record.quarantine !== null) return null;
    if (record.failures + 1 < QUARANTINE_AFTER) return null;
    for (const other of this.#records.values()) {
      const isWitness = other !== record && other.quarantine === null && other.failures === 0 &&
        other.progressAt > record.failingSince;
      if (isWitness) return record.failures + 1;
    }
    return null;
  }

  #record(worker: WorkerId): Mutable {
    const known = this.#records.get(worker);
    if (known !== undefined) return known;
    const record = { worker, failures: 0, failingSince: 0, progressAt: 0, quarantine: null };
    this.#records.set(worker, record);
    return record;
  }
}
