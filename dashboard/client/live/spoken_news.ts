/** What of a sweep's news is said aloud, whatever its page shows. Pure but for what it was told. */
import { formatNumber } from "../parts/format.ts";
import type { StateUpdate } from "../model.ts";

/** The news of one sweep. */
export class SpokenNews {
  #status: string | null = null;
  #failed: number | null = null;
  /** Undefined: it was never told. */
  #best: number | null | undefined;
  #metric = "";

  /** What there is to say; null: nothing. A connection begins with all there is: that is no news. */
  take({ facts, progress, best }: StateUpdate): string | null {
    this.#metric = facts?.metric ?? this.#metric;
    const said = [this.#takeProgress(progress), this.#takeBest(best)];
    return said.filter((text) => text !== null).join(" ") || null;
  }

  #takeProgress(progress: StateUpdate["progress"]): string | null {
    if (progress === undefined) return null;
    const { status, counts: { failed } } = progress;
    const [statusBefore, failedBefore] = [this.#status, this.#failed];
    this.#status = status;
    this.#failed = failed;
    if (statusBefore !== null && status !== statusBefore) return `The sweep is ${status}.`;
    if (failedBefore === null || failed <= failedBefore) return null;
    return failed === 1 ? "1 trial has failed." : `${failed} trials have failed.`;
  }

  #takeBest(best: StateUpdate["best"]): string | null {
    if (best === undefined) return null;
    const before = this.#best;
    this.#best = best?.row.configuration ?? null;
    if (best === null || before === undefined || before === this.#best) return null;
    const score = best.row.score === null ? "diverged" : formatNumber(best.row.score.mean);
    return `New best configuration: ${this.#metric} ${score}.`;
  }
}
