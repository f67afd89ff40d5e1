/** Keeps the work queue filled: about two packs for each live slot, however workers come and go. */
import type { PackId } from "../core/domain/ids.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";

/** Packs offered for each live slot. */
const PACKS_PER_SLOT = 2;
/** Packs offered when no worker lives, so that the first one finds work at once. */
const LEAST_OFFERED = 4;

/** Which packs lie in the work queue. It is not journalled: a new coordinator offers anew. */
export class PackOffers {
  readonly #offered = new Set<PackId>();

  /** The packs to publish now; they count as offered from here on. */
  take(ledger: SweepLedger, liveSlots: number): readonly PackId[] {
    const free = ledger.queuedPacks;
    for (const pack of this.#offered) if (!free.has(pack)) this.#offered.delete(pack);
    if (ledger.status !== "running") return [];
    const wanted = Math.max(LEAST_OFFERED, PACKS_PER_SLOT * liveSlots);
    const taken: PackId[] = [];
    for (const pack of free) {
      if (this.#offered.size >= wanted) break;
      if (this.#offered.has(pack)) continue;
      this.#offered.add(pack);
      taken.push(pack);
    }
    return taken;
  }

  /** Its message is gone, or never came to be: the pack is to be offered again once it is free. */
  forget(pack: PackId): void {
    this.#offered.delete(pack);
  }
}
