/** The reports after which training waits for an answer. */
import type { Epoch } from "../core/domain/units.ts";
import type { EpochRecord } from "../core/protocol/messages.ts";

/** The reports of one attempt. */
export class AwaitedReports {
  readonly #waitAfter: ReadonlySet<Epoch>;
  #awaited = 0;
  #decided = 0;

  constructor(waitAfter: readonly Epoch[] = []) {
    this.#waitAfter = new Set(waitAfter);
  }

  /** Whether training waits now. */
  get isWaiting(): boolean {
    return this.#awaited > this.#decided;
  }

  /** Training has ended an epoch. */
  reported({ epoch }: EpochRecord): void {
    if (this.#waitAfter.has(epoch)) this.#awaited = epoch;
  }

  /** The reports up to this epoch were answered. */
  decided(epoch: Epoch): void {
    this.#decided = epoch;
  }
}
