/** What a worker knows of itself: the source of its presence records. */
import type { SweepId } from "../core/domain/ids.ts";
import type { HeldPack, Presence } from "../core/protocol/presence.ts";
import type { WorkerLoad } from "../core/protocol/worker_load.ts";
import type { Instant, Milliseconds } from "../core/domain/units.ts";

/** What does not change while a worker lives. */
export type WorkerIdentity = Pick<
  Presence,
  | "worker"
  | "host"
  | "pid"
  | "version"
  | "backend"
  | "reason"
  | "refused"
  | "gpu"
  | "slots"
  | "startedAt"
>;

/** A worker that many sweeps have refused tells of the latest ones. */
const MOST_QUARANTINES = 16;

/** Whoever has had no step for longer than this has a rate of none. */
const LONGEST_WAIT_MS = 120_000;

/** Counts and packs of a running worker. */
export class WorkerState {
  readonly #identity: WorkerIdentity;
  readonly #packs = new Set<HeldPack>();
  readonly #quarantines = new Map<SweepId, string>();
  #laneSteps = 0;
  #rate = 0;
  #trialsFinished = 0;
  #rateSince: Instant;
  #lastBusyAt: Instant;

  constructor(identity: WorkerIdentity) {
    this.#identity = identity;
    this.#rateSince = identity.startedAt;
    this.#lastBusyAt = identity.startedAt;
  }

  /** Trials that ended here with a result. */
  get trialsFinished(): number {
    return this.#trialsFinished;
  }

  /** A slot trains this pack until `release`. */
  hold(pack: HeldPack): void {
    this.#packs.add(pack);
  }

  /** The slot has let go of the pack. */
  release(pack: HeldPack, now: Instant): void {
    this.#packs.delete(pack);
    this.#lastBusyAt = now;
  }

  /** The sweep gives this worker no more packs, for a reason. */
  quarantine(sweep: SweepId, message: string): void {
    this.#quarantines.delete(sweep);
    this.#quarantines.set(sweep, message);
    const [oldest] = this.#quarantines.keys();
    if (this.#quarantines.size > MOST_QUARANTINES && oldest !== undefined) this.trust(oldest);
  }

  /** The sweep is over, or gives this worker packs again. */
  trust(sweep: SweepId): void {
    this.#quarantines.delete(sweep);
  }

  /** Counts optimizer steps of lanes. */
  addLaneSteps(steps: number): void {
    this.#laneSteps += steps;
  }

  /** Counts trials that ended with a result. */
  addFinished(trials: number): void {
    this.#trialsFinished += trials;
  }

  /** For how long no slot has had a pack. */
  idleMs(now: Instant): number {
    return this.#packs.size > 0 ? 0 : now - this.#lastBusyAt;
  }

  /**
   * The record of now. Steps are counted as whole epochs come in: the rate is over the time since the
   * last ones came, and holds between them, as long as something is trained.
   */
  presence(
    now: Instant,
    { draining, load }: { readonly draining: boolean; readonly load?: WorkerLoad | undefined },
  ): Presence {
    const laneStepsPerSecond = this.#takeRate(now);
    const quarantined = [...this.#quarantines].map(([sweep, message]) => ({ sweep, message }));
    return {
      v: 1,
      ...this.#identity,
      draining,
      packs: [...this.#packs],
      ...(quarantined.length === 0 ? {} : { quarantined }),
      ...(load === undefined ? {} : { load }),
      laneStepsPerSecond,
      trialsFinished: this.#trialsFinished,
      at: now,
    };
  }

  #takeRate(now: Instant): number {
    const elapsed = now - this.#rateSince;
    const isWaiting = this.#laneSteps === 0 && this.#packs.size > 0 && elapsed < LONGEST_WAIT_MS;
    if (isWaiting || elapsed <= 0) return this.#rate;
    this.#rate = this.#laneSteps * 1_000 / elapsed;
    this.#laneSteps = 0;
    this.#rateSince = now;
    return this.#rate;
  }
}

/** Whether a worker has been idle for as long as it may be. */
export function isIdleTooLong(idleMs: number, maxIdleMs: Milliseconds | null): boolean {
  return maxIdleMs !== null && idleMs >= maxIdleMs;
}
