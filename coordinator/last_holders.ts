/** The holders whose packs a sweep's end took from them: they are told before the coordinator goes. */
import type { PackId } from "../core/domain/ids.ts";
import type { Milliseconds } from "../core/domain/units.ts";
import type { Timers } from "../core/protocol/ports.ts";

/**
 * Without it they would train until their leases are over, because nobody answers them any more.
 * A holder hears it as `fenced`, at its next report or renewal.
 */
export class LastHolders {
  readonly #untold = new Set<PackId>();
  readonly #allTold = Promise.withResolvers<void>();

  /** These packs were held when the sweep ended. */
  add(packs: Iterable<PackId>): void {
    for (const pack of packs) this.#untold.add(pack);
  }

  /** Somebody who asked about the pack was answered. */
  told(pack: PackId): void {
    if (this.#untold.delete(pack) && this.#untold.size === 0) this.#allTold.resolve();
  }

  /** Resolves when all are told; after `withinMs` at the latest: the rest may be dead. */
  async wait(
    { timers, withinMs, signal }: {
      readonly timers: Timers;
      readonly withinMs: Milliseconds;
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    if (this.#untold.size === 0 || signal.aborted) return;
    const told = new AbortController();
    const either = AbortSignal.any([signal, told.signal]);
    void this.#allTold.promise.then(() => told.abort());
    await timers.sleep(withinMs, { signal: either }).catch((error: unknown) => {
      if (!either.aborted) throw error;
    });
  }
}
