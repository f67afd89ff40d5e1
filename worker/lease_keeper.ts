/**
 * Keeps one lease for as long as its holder may have it, and tells the holder when it is over.
 *
 * The queue's lease does not fence: a `renew` of an expired holder prolongs its successor's lease,
 * and its ack removes the message from under the successor. So the holder must stop by itself:
 *
 * ```
 * L = lease; ● = a request that was answered; its time is the time of sending, because the
 * coordinator counts from its arrival, which is never earlier.
 *
 * 1. The coordinator cannot be reached: the holder stops before anybody else may have the pack.
 *    worker A     claim→1 ●── renew ●── renew ✗ ── renew ✗ ──| L after the last ●: LeaseLost
 *    coordinator                    └───────── L ────────────────| released, claim→2 possible
 *
 * 2. The holder was asleep (a suspended laptop, a stopped process): it wakes up late, and its first
 *    timer must not renew what is somebody else's by now.
 *    worker A     claim→1 ●── renew ●── (asleep) ···················| wakes: LeaseLost, no renewal
 *    worker B                                       claim→2 ●── renew ●──
 *
 * 3. The answer tells it: from the first `fenced` on nothing is renewed, acked or given back.
 *    worker A     claim→1 ●── renew ●── report → fenced | LeaseFenced
 *    worker B                      claim→2 ●── report ── finished ✓ ack
 *
 * 4. An answer comes after the end (late, or because the clock stopped it first): it changes nothing.
 *    worker A     claim→1 ●── renew ············| LeaseLost ···· accepted (ignored)
 *
 * 5. Training hangs while the network is fine: without a bound, renewals would hold the pack for ever.
 *    worker A     claim→1 ●── renew ●── renew ●── … ──| silence > maxSilence: TrainingStalled
 * ```
 */
import { getLogger } from "@logtape/logtape";
import type { Accepted, Fenced } from "../core/protocol/messages.ts";
import type { HeldLease, Timers, Waiting } from "../core/protocol/ports.ts";
import { type Instant, type Milliseconds, milliseconds } from "../core/domain/units.ts";

const logger = getLogger(["trawl", "worker", "lease"]);

/** What a keeper needs. */
export interface LeaseKeeperOptions {
  readonly lease: Pick<HeldLease, "renew">;
  /** How long a holder may be silent, as granted. */
  readonly leaseMs: Milliseconds;
  /** How long training may show no sign of life. */
  readonly maxSilenceMs: Milliseconds;
  /** When the claim that was granted had been sent. */
  readonly claimedAt: Instant;
  readonly timers: Timers;
  /** Tells the coordinator that the holder lives; gives up after `timeoutMs`. */
  readonly ask: (
    options: Waiting & { readonly timeoutMs: Milliseconds },
  ) => Promise<Accepted | Fenced>;
}

/** When a holder has to stop. */
export interface LeaseClock {
  readonly confirmedAt: Instant;
  readonly movedAt: Instant;
  readonly leaseMs: Milliseconds;
  readonly maxSilenceMs: Milliseconds;
}

/** Whether the lease is still the holder's by its own clock. */
export function judgeLease(clock: LeaseClock, now: Instant): "held" | "lost" | "stalled" {
  if (now - clock.confirmedAt >= clock.leaseMs) return "lost";
  if (now - clock.movedAt >= clock.maxSilenceMs) return "stalled";
  return "held";
}

/** Renews a lease, and aborts `signal` when the holder must stop. Call `run` once. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #over = new AbortController();
  readonly #ended = new AbortController();
  /** Over or ended: one signal for all waiting. */
  readonly #done = AbortSignal.any([this.#over.signal, this.#ended.signal]);
  #confirmedAt: Instant;
  #movedAt: Instant;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
    this.#confirmedAt = options.claimedAt;
    this.#movedAt = options.timers.now();
  }

  /** Aborts with LeaseLost, LeaseFenced or TrainingStalled. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** The coordinator answered a request of this attempt that was sent at this instant. */
  confirmed(sentAt: Instant): void {
    if (sentAt > this.#confirmedAt) this.#confirmedAt = sentAt;
  }

  /** Training shows a sign of life. */
  moved(): void {
    this.#movedAt = this.#options.timers.now();
  }

  /** The coordinator said that the attempt is over. */
  fence(): void {
    this.#stop(new LeaseFenced());
  }

  /** The holder is done: nothing is renewed from here on, and `signal` stays as it is. */
  end(): void {
    this.#ended.abort();
  }

  /** Renews every third of a lease until the end. Never rejects. */
  async run(): Promise<void> {
    await Promise.all([this.#watch(), this.#renewals()]);
  }

  #stop(reason: LeaseLost | LeaseFenced | TrainingStalled): void {
    if (!this.#done.aborted) this.#over.abort(reason);
  }

  /** Applies the holder's own clock; false when it has to stop. */
  #check(): boolean {
    if (this.#done.aborted) return false;
    const { leaseMs, maxSilenceMs, timers } = this.#options;
    const now = timers.now();
    // A clock that was set back says nothing of how long ago it was; the future it cannot be.
    if (this.#confirmedAt > now) this.#confirmedAt = now;
    if (this.#movedAt > now) this.#movedAt = now;
    const clock = {
      confirmedAt: this.#confirmedAt,
      movedAt: this.#movedAt,
      leaseMs,
      maxSilenceMs,
    };
    const verdict = judgeLease(clock, now);
    switch (verdict) {
      case "held":
        return true;
      case "lost":
        this.#stop(new LeaseLost(milliseconds(Math.max(0, now - this.#confirmedAt))));
        return false;
      case "stalled":
        this.#stop(new TrainingStalled(milliseconds(Math.max(0, now - this.#movedAt))));
        return false;
      default:
        return verdict satisfies never;
    }
  }

  async #watch(): Promise<void> {
    const { leaseMs, maxSilenceMs, timers } = this.#options;
    while (this.#check()) {
      const deadline = Math.min(this.#confirmedAt + leaseMs, this.#movedAt + maxSilenceMs);
      await this.#sleep(deadline - timers.now());
    }
  }

  async #renewals(): Promise<void> {
    const { leaseMs, timers, lease, claimedAt } = this.#options;
    // The claim was as good as a renewal: a short attempt needs no other.
    for (let startedAt = claimedAt;;) {
      await this.#sleep(Math.min(leaseMs / 3, startedAt + leaseMs / 3 - timers.now()));
      // The check stands directly before each renewal: race 2.
      if (!this.#check()) return;
      startedAt = timers.now();
      lease.renew();
      await this.#ask(startedAt);
    }
  }

  async #ask(sentAt: Instant): Promise<void> {
    const { leaseMs, ask } = this.#options;
    try {
      const reply = await ask({ signal: this.#done, timeoutMs: milliseconds(leaseMs / 3) });
      if (reply.type === "fenced") this.fence();
      else this.confirmed(sentAt);
    } catch (error) {
      // Whatever the reason, no contact was confirmed: the clock decides.
      if (!this.#done.aborted) logger.debug("Cannot confirm the lease: {error}", { error });
    }
  }

  async #sleep(duration: number): Promise<void> {
    try {
      const signal = this.#done;
      await this.#options.timers.sleep(milliseconds(Math.max(0, duration)), { signal });
    } catch (error) {
      if (!this.#done.aborted) throw error;
    }
  }
}

/** The coordinator was not heard of for a whole lease: somebody else may have the pack. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";

  constructor(silence: Milliseconds) {
    super(`Cannot keep the lease: the coordinator was not heard of for ${Math.round(silence)} ms`);
  }
}

/** The coordinator said that the attempt is over. */
export class LeaseFenced extends Error {
  override readonly name = "LeaseFenced";

  constructor() {
    super("Cannot go on with the attempt: the coordinator has ended it");
  }
}

/** Training gave no sign of life for too long. */
export class TrainingStalled extends Error {
  override readonly name = "TrainingStalled";

  constructor(silence: Milliseconds) {
    super(`Cannot wait for training any longer: it was silent for ${Math.round(silence)} ms`);
  }
}
