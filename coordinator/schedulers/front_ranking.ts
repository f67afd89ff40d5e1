/** A ranking by several objectives, found anew when it is asked for after a change. */
import type { TrialId } from "../../core/domain/ids.ts";
import { areFinite, rankLosses } from "./rank_losses.ts";
import type { RankedTrial, Ranking } from "./ranking.ts";

interface Place extends RankedTrial {
  /** How many are better. */
  readonly better: number;
}

/**
 * See `Ranking`. The order is one of fronts and crowding, in which every trial may move when one is
 * added; two trials are equal where all their losses are.
 */
export class FrontRanking implements Ranking {
  readonly #losses = new Map<TrialId, readonly number[]>();
  readonly #waiting = new Set<TrialId>();
  /** Best first; null: to be found anew. */
  #order: ReadonlyMap<TrialId, Place> | null = null;

  get size(): number {
    return this.#losses.size;
  }

  *waiting(): Iterable<RankedTrial> {
    if (this.#waiting.size === 0) return;
    for (const place of this.#ordered().values()) {
      if (this.#waiting.has(place.trial)) yield place;
    }
  }

  set(trial: TrialId, losses: readonly number[]): void {
    const before = this.#losses.get(trial);
    if (before !== undefined && before.every((loss, index) => loss === losses[index])) return;
    this.#losses.set(trial, losses);
    this.#order = null;
  }

  setWaiting(trial: TrialId, isWaiting: boolean): void {
    if (isWaiting && this.#losses.has(trial)) this.#waiting.add(trial);
    else this.#waiting.delete(trial);
  }

  betterThan(trial: TrialId): number {
    return this.#ordered().get(trial)?.better ?? 0;
  }

  #ordered(): ReadonlyMap<TrialId, Place> {
    this.#order ??= placesOf(this.#losses);
    return this.#order;
  }
}

function placesOf(losses: ReadonlyMap<TrialId, readonly number[]>): ReadonlyMap<TrialId, Place> {
  const entries = [...losses].sort(([a], [b]) => a - b);
  const places = new Map<TrialId, Place>();
  // Crowding tells even equal losses apart: the first of them stands for all.
  const firstRanks = new Map<string, number>();
  for (const [rank, index] of rankLosses(entries.map(([, vector]) => vector)).entries()) {
    const entry = entries[index];
    if (entry === undefined) continue;
    const [trial, vector] = entry;
    const isFinite = areFinite(vector);
    const text = isFinite ? vector.join() : "";
    const better = firstRanks.get(text) ?? rank;
    firstRanks.set(text, better);
    places.set(trial, { trial, rank, isFinite, better });
  }
  return places;
}
