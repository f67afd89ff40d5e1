/** Which holders were heard of lately: the coordinator's own clock over all leases. */
import type { PackId } from "../core/domain/ids.ts";
import type { Instant, Milliseconds } from "../core/domain/units.ts";
import type { ApiReplies, ApiVerb } from "../core/protocol/messages.ts";

/** The last contact of every leased pack. It is not journalled: a new coordinator starts it anew. */
export class LeaseWatch {
  readonly #leaseMs: Milliseconds;
  readonly #lastContact = new Map<PackId, Instant>();
  #lookedAt: Instant | null = null;

  constructor(leaseMs: Milliseconds) {
    this.#leaseMs = leaseMs;
  }

  /** The pack's holder was heard of. */
  touch(pack: PackId, now: Instant): void {
    this.#lastContact.set(pack, now);
  }

  /**
   * The leased packs whose holder was silent for a whole lease. A pack seen for the first time
   * counts from now, so that a restarted coordinator gives every holder a whole lease. So does one
   * that was asleep, or whose clock was set: it cannot tell who was silent in the meantime.
   */
  expired(leased: ReadonlySet<PackId>, now: Instant): readonly PackId[] {
    const sinceLook = this.#lookedAt === null ? 0 : now - this.#lookedAt;
    this.#lookedAt = now;
    if (sinceLook < 0 || sinceLook > this.#leaseMs) this.#lastContact.clear();
    for (const pack of this.#lastContact.keys()) {
      if (!leased.has(pack)) this.#lastContact.delete(pack);
    }
    const expired: PackId[] = [];
    for (const pack of leased) {
      const last = this.#lastContact.get(pack);
      if (last === undefined) this.#lastContact.set(pack, now);
      else if (now - last > this.#leaseMs) expired.push(pack);
    }
    return expired;
  }
}

/**
 * Whether the request that is answered so came from who holds the pack. One that found it held does
 * not: who asks for a dead holder's pack over and over must not keep that lease alive.
 */
export function isFromHolder({ type }: ApiReplies[ApiVerb]): boolean {
  return type === "granted" || type === "accepted" || type === "decided";
}
