/** One slot's loop: takes a lease, claims its pack, trains it, and starts again. */
import { getLogger } from "@logtape/logtape";
import type { SweepId, WorkerId } from "../core/domain/ids.ts";
import { type Instant, type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { ApiReplies } from "../core/protocol/messages.ts";
import {
  ApiTimeoutError,
  ConnectionClosedError,
  CoordinatorAbsentError,
  type HeldLease,
  type PackQueue,
} from "../core/protocol/ports.ts";
import { retryPause } from "./attempt_api.ts";
import type { AttemptEnd, SlotDeps, SlotOptions } from "./attempt.ts";
import { runAttempt } from "./slot.ts";
import { isIdleTooLong, type WorkerState } from "./worker_state.ts";

const logger = getLogger(["trawl", "worker", "slot"]);

/** How long one pull waits. */
const PULL_MS = 5_000;
/** How often a claim is asked for before its lease is given back. */
const CLAIM_TRIES = 3;
const FIRST_ABSENCE_MS = 500;
const LONGEST_ABSENCE_MS = 10_000;
/** A slot that fails pack after pack leaves them to others more and more. */
const FIRST_FAILURE_PAUSE_MS = 500;
const LONGEST_FAILURE_PAUSE_MS = 30_000;
/** A lease of a sweep that refuses this worker comes back soon: it is for the others. */
const QUARANTINE_NAK_MS = milliseconds(1_000);

/** What a slot's loop works with. */
export interface SlotLoopOptions {
  readonly deps: SlotDeps & { readonly queue: PackQueue };
  readonly state: WorkerState;
  readonly worker: WorkerId;
  readonly backend: string;
  readonly attempt: Omit<SlotOptions, "onLaneSteps">;
  readonly maxIdleMs: Milliseconds | null;
  readonly acceptsModules: boolean;
}

/** For how long a lease is given back whose coordinator is absent; `count` is of its deliveries. */
export function absencePause(count: number): Milliseconds {
  return milliseconds(Math.min(LONGEST_ABSENCE_MS, FIRST_ABSENCE_MS * 2 ** (count - 1)));
}

/** How long a slot waits after so many failures in a row; 0 after none. */
export function failurePause(failures: number): Milliseconds {
  const pause = failures === 0 ? 0 : FIRST_FAILURE_PAUSE_MS * 2 ** (failures - 1);
  return milliseconds(Math.min(LONGEST_FAILURE_PAUSE_MS, pause));
}

/** Why a pack is given back. */
const NO_MODULES = "this worker runs no modules of users (--no-modules)";

type Granted = Extract<ApiReplies["claim"], { readonly type: "granted" }>;
type ClaimAnswer = { readonly reply: ApiReplies["claim"]; readonly sentAt: Instant };

/** Runs until its worker drains or has been idle for too long. */
export class SlotLoop {
  readonly #options: SlotLoopOptions;
  #failures = 0;
  /** Sweeps whose modules this worker does not run. */
  readonly #declined = new Set<SweepId>();
  /** Leases in a row of sweeps that have this worker in quarantine. */
  #refusals = 0;

  constructor(options: SlotLoopOptions) {
    this.#options = options;
  }

  /**
   * @returns How many attempts were trained, however they ended.
   * @throws {ConnectionClosedError} If no lease will ever come.
   */
  async run(): Promise<number> {
    const { drain } = this.#options.attempt;
    let attempts = 0;
    while (!drain.aborted && !this.#isIdleTooLong()) {
      await this.#pause(failurePause(Math.max(this.#failures, this.#refusals)));
      const lease = await this.#next();
      if (lease === null) continue;
      if (this.#declined.has(lease.lease.sweep)) {
        this.#stepAside(lease, NO_MODULES);
        continue;
      }
      const answer = await this.#claim(lease);
      if (answer === null || !await this.#isGranted(lease, answer)) continue;
      attempts++;
    }
    return attempts;
  }

  #isIdleTooLong(): boolean {
    const { state, maxIdleMs, deps } = this.#options;
    return isIdleTooLong(state.idleMs(deps.timers.now()), maxIdleMs);
  }

  /** The next lease; null when there is none, or on the way out. */
  async #next(): Promise<HeldLease | null> {
    const { deps, attempt, state, maxIdleMs } = this.#options;
    const { drain } = attempt;
    const left = maxIdleMs === null ? PULL_MS : maxIdleMs - state.idleMs(deps.timers.now());
    const expiresMs = milliseconds(Math.max(1, Math.min(PULL_MS, left)));
    try {
      return drain.aborted ? null : await deps.queue.next({ expiresMs, signal: drain });
    } catch (error) {
      if (drain.aborted) return null;
      // Nothing will ever come: whoever started the worker can start one with another login.
      if (error instanceof ConnectionClosedError) throw error;
      logger.warn("Cannot pull a lease: {error}", { error });
      await this.#pause(retryPause(CLAIM_TRIES));
      return null;
    }
  }

  /** The coordinator's answer; null when the lease was given back instead. */
  async #claim(lease: HeldLease): Promise<ClaimAnswer | null> {
    const { deps, attempt, worker, backend } = this.#options;
    const { sweep, pack } = lease.lease;
    const claim = { v: 1, sweep, pack, worker, backend, delivery: lease.delivery } as const;
    for (let tries = 1;; tries++) {
      const sentAt = deps.timers.now();
      // While a slow coordinator is asked, the lease must not run out: another worker would get it,
      // and whatever is said of it here would be said of theirs. At first it is as new as can be.
      if (tries > 1) lease.renew();
      try {
        const reply = await deps.api.request("claim", claim, { signal: attempt.stop });
        return { reply, sentAt };
      } catch (error) {
        // Asking again is safe: the same delivery is granted the same attempt.
        const isWorthAsking = error instanceof ApiTimeoutError && tries < CLAIM_TRIES;
        if (isWorthAsking && !attempt.drain.aborted) continue;
        this.#giveBack(lease, error);
        return null;
      }
    }
  }

  #giveBack(lease: HeldLease, error: unknown): void {
    const { sweep, pack } = lease.lease;
    const delay = absencePause(lease.delivery.count);
    const isAbsent = error instanceof CoordinatorAbsentError;
    const facts = { sweep, pack, delay, error };
    if (isAbsent) logger.debug("Sweep {sweep} has no coordinator: pack {pack} waits", facts);
    else logger.warn("Cannot claim pack {pack} of sweep {sweep}: {error}", facts);
    lease.nak(delay);
  }

  /** Does what the answer says; whether it was a pack to train. */
  async #isGranted(lease: HeldLease, { reply, sentAt }: ClaimAnswer): Promise<boolean> {
    const { state } = this.#options;
    const { sweep } = lease.lease;
    if (reply.type === "quarantined") {
      this.#stepAside(lease, reply.message);
      return false;
    }
    this.#refusals = 0;
    if (reply.type === "granted" || reply.type === "alreadyOver") state.trust(sweep);
    switch (reply.type) {
      case "granted":
        if (reply.task.dataset === "module" && !this.#options.acceptsModules) {
          await this.#decline(lease, reply);
          return false;
        }
        await this.#train(lease, { grant: reply, sentAt });
        return true;
      case "alreadyOver":
        lease.ack();
        return false;
      case "draining":
        lease.nak(QUARANTINE_NAK_MS);
        this.#options.attempt.onDrainAsked();
        return false;
      case "busy":
        lease.nak(reply.retryMs);
        return false;
      case "fenced":
        // A nak would take the message from its holder.
        return false;
      default:
        return reply satisfies never;
    }
  }

  /** Gives a pack back to workers that run modules, and asks for none of its sweep any more. */
  async #decline(lease: HeldLease, { attempt }: Granted): Promise<void> {
    const { deps, worker, attempt: { stop } } = this.#options;
    const { sweep, pack } = lease.lease;
    logger.warn("Sweep {sweep} trains with a module: {message}", { sweep, message: NO_MODULES });
    this.#declined.add(sweep);
    this.#options.state.quarantine(sweep, NO_MODULES);
    const returned = { v: 1, sweep, pack, attempt, worker, message: NO_MODULES } as const;
    try {
      await deps.api.request("returned", returned, { signal: stop });
      // The coordinator offers it again, under a new message.
      lease.ack();
    } catch (error) {
      // Then its lease runs out by itself.
      logger.warn("Cannot give pack {pack} back: {error}", { pack, error });
    }
  }

  /** Other sweeps may still want this worker; it asks less and less often. */
  #stepAside(lease: HeldLease, message: string): void {
    const { state, worker } = this.#options;
    const { sweep, pack } = lease.lease;
    const facts = { worker, sweep, pack, message };
    if (this.#refusals === 0) logger.warn("Sweep {sweep} gives no more packs: {message}", facts);
    this.#refusals++;
    state.quarantine(sweep, message);
    lease.nak(QUARANTINE_NAK_MS);
  }

  async #train(
    lease: HeldLease,
    { grant, sentAt }: {
      readonly grant: Extract<ApiReplies["claim"], { readonly type: "granted" }>;
      readonly sentAt: Instant;
    },
  ): Promise<void> {
    const { deps, state, attempt, worker } = this.#options;
    const { sweep, pack } = lease.lease;
    const ref = { v: 1, sweep, pack, attempt: grant.attempt, worker } as const;
    const held = { sweep, pack, lanes: grant.lanes.length, since: deps.timers.now() };
    state.hold(held);
    logger.info("Pack {pack} of {sweep}: attempt {attempt} with {lanes} lanes begins", {
      ...held,
      attempt: grant.attempt,
    });
    try {
      const end = await runAttempt({ ref, grant, lease, claimedAt: sentAt }, {
        deps,
        options: { ...attempt, onLaneSteps: (steps) => state.addLaneSteps(steps) },
      });
      logger.info("Pack {pack} of {sweep}: attempt {attempt} {kind}", { ...ref, ...end });
      this.#count(end, grant);
    } finally {
      state.release(held, deps.timers.now());
    }
  }

  #count(end: AttemptEnd, { task }: Granted): void {
    if (end.kind === "finished") this.#options.state.addFinished(end.lanes.length);
    // What a module throws says nothing about the machine that it runs on.
    const isOurs = end.kind === "failed" && task.dataset !== "module";
    this.#failures = isOurs ? this.#failures + 1 : 0;
  }

  async #pause(duration: Milliseconds): Promise<void> {
    if (duration === 0) return;
    const { deps: { timers }, attempt: { drain } } = this.#options;
    try {
      await timers.sleep(duration, { signal: drain });
    } catch (error) {
      if (!drain.aborted) throw error;
    }
  }
}
