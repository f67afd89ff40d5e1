/** Which of the free packs are to be put in the work queue. */
import type { PackId } from "../core/domain/ids.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";

/**
 * What was published. It is not journalled: a new coordinator offers anew. It follows the ledger, so
 * that a pack costs the same however many others wait.
 */
export class PackOffers {
  /** How many entries of the ledger's freed packs were looked at; null before the first look. */
  #seen: number | null = null;
  readonly #lost = new Set<PackId>();

  /** The packs to publish now; they count as offered until they become free the next time. */
  take(ledger: SweepLedger): readonly PackId[] {
    if (ledger.status !== "running") return [];
    const { freedPacks, queuedPacks } = ledger;
    const fresh = this.#seen === null ? queuedPacks : freedPacks.slice(this.#seen);
    this.#seen = freedPacks.length;
    const candidates = new Set([...this.#lost, ...fresh]);
    this.#lost.clear();
    return [...candidates].filter((pack) => queuedPacks.has(pack));
  }

  /** Its message never came to be: the pack is to be offered again if it is still free. */
  forget(pack: PackId): void {
    this.#lost.add(pack);
  }
}
