/** Which of the free packs lie in the work queue already. */
import type { PackId } from "../core/domain/ids.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";

/** The packs that were published. It is not journalled: a new coordinator offers anew. */
export class PackOffers {
  readonly #offered = new Set<PackId>();

  /** The packs to publish now; they count as offered from here on. */
  take(ledger: SweepLedger): readonly PackId[] {
    const free = ledger.queuedPacks;
    for (const pack of this.#offered) if (!free.has(pack)) this.#offered.delete(pack);
    if (ledger.status !== "running") return [];
    const taken = [...free].filter((pack) => !this.#offered.has(pack));
    for (const pack of taken) this.#offered.add(pack);
    return taken;
  }

  /** Its message is gone, or never came to be: the pack is to be offered again once it is free. */
  forget(pack: PackId): void {
    this.#offered.delete(pack);
  }
}
