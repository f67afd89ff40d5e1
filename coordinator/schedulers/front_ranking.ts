/** A ranking by several objectives, found anew when it is asked for after a change. */
import type { TrialId } from "../../core/domain/ids.ts";
import { areFinite, rankLosses } from "./rank_losses.ts";
import type { RankedTrial, Ranking } from "./ranking.ts";

interface Order {
  /** How many are better. */
  readonly ranks: ReadonlyMap<TrialId, number>;
  readonly waiting: readonly RankedTrial[];
}

/**
 * See `Ranking`. The order is one of fronts and crowding, in which every trial may move when one is
 * added; two trials are equal where all their losses are.
 */
export class FrontRanking implements Ranking {
  readonly #losses = new Map<TrialId, readonly number[]>();
  readonly #waiting = new Set<TrialId>();
  #order: Order | null = null;

  get size(): number {
    return this.#losses.size;
  }

  waiting(): Iterable<RankedTrial> {
    if (this.#waiting.size === 0) return [];
    return this.#ordered().waiting;
  }

  set(trial: TrialId, losses: readonly number[]): void {
    const before = this.#losses.get(trial);
    if (before !== undefined && before.every((loss, index) => loss === losses[index])) return;
    this.#losses.set(trial, losses);
    this.#order = null;
  }

  setWaiting(trial: TrialId, isWaiting: boolean): void {
    if (!this.#losses.has(trial) || this.#waiting.has(trial) === isWaiting) return;
    if (isWaiting) this.#waiting.add(trial);
    else this.#waiting.delete(trial);
    this.#order = null;
  }

  betterThan(trial: TrialId): number {
    return this.#ordered().ranks.get(trial) ?? 0;
  }

  #ordered(): Order {
    this.#order ??= this.#sort();
    return this.#order;
  }

  #sort(): Order {
    const entries = [...this.#losses].sort(([a], [b]) => a - b);
    const order = rankLosses(entries.map(([, losses]) => losses));
    const ranks = new Map<TrialId, number>();
    // Crowding tells even equal losses apart: the first of them stands for all.
    const firstRanks = new Map<string, number>();
    const waiting: RankedTrial[] = [];
    for (const [rank, index] of order.entries()) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const [trial, losses] = entry;
      const text = areFinite(losses) ? losses.join() : "";
      const firstRank = firstRanks.get(text) ?? rank;
      firstRanks.set(text, firstRank);
      ranks.set(trial, firstRank);
      if (this.#waiting.has(trial)) waiting.push({ trial, rank, isFinite: areFinite(losses) });
    }
    return { ranks, waiting };
  }
}
