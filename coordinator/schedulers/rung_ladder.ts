/** What trials have reached, rung by rung, and at which rung they wait. */
import type { TrialId } from "../../core/domain/ids.ts";
import { createRanking } from "./create_ranking.ts";
import type { Ranking } from "./ranking.ts";
import type { ScheduledTrial } from "./scheduler.ts";

/** One rung. */
export interface Rung {
  /** From 0. */
  readonly index: number;
  readonly epoch: number;
  /** All that ever reached it, those that are over too. */
  readonly ranking: Ranking;
}

/** The rungs of a scheduler, filled with what it observes. */
export class RungLadder {
  /** By epoch, ascending. */
  readonly rungs: readonly Rung[];
  readonly #byEpoch: ReadonlyMap<number, Rung>;
  readonly #waitingAt = new Map<TrialId, Rung>();
  readonly #lastRung = new Map<TrialId, Rung>();

  constructor(epochs: readonly number[], objectives: number) {
    this.rungs = epochs.map((epoch, index) => ({
      index,
      epoch,
      ranking: createRanking(objectives),
    }));
    this.#byEpoch = new Map(this.rungs.map((rung) => [rung.epoch, rung]));
  }

  /** Takes in a trial, new or changed; what it had reached at other epochs is passed over. */
  observe({ trial, status, rungs }: ScheduledTrial): void {
    for (const { epoch, losses } of rungs) {
      const rung = this.#byEpoch.get(epoch);
      if (rung === undefined) continue;
      rung.ranking.set(trial, losses);
      this.#lastRung.set(trial, rung);
    }
    const now = status === "paused" ? this.#lastRung.get(trial) : undefined;
    const before = this.#waitingAt.get(trial);
    if (before === now) return;
    before?.ranking.setWaiting(trial, false);
    now?.ranking.setWaiting(trial, true);
    if (now === undefined) this.#waitingAt.delete(trial);
    else this.#waitingAt.set(trial, now);
  }

  /** The last rung that the trial has reached. */
  lastRung(trial: TrialId): Rung | undefined {
    return this.#lastRung.get(trial);
  }

  /** Where a trial goes from a rung: the next one's epoch; null: to its end. */
  targetAfter({ index }: Rung): number | null {
    return this.rungs[index + 1]?.epoch ?? null;
  }
}
