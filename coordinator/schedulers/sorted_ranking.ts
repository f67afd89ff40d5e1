/** A ranking by one objective, always in order: a change costs a binary search and a shift. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { RankedTrial, Ranking } from "./ranking.ts";

interface Entry {
  readonly trial: TrialId;
  /** Infinity for what is no number. */
  readonly loss: number;
}

/** See `Ranking`. */
export class SortedRanking implements Ranking {
  readonly #entries = new Map<TrialId, Entry>();
  readonly #order: Entry[] = [];
  readonly #waiting: Entry[] = [];

  get size(): number {
    return this.#order.length;
  }

  *waiting(): Iterable<RankedTrial> {
    for (const entry of this.#waiting) {
      const rank = lowerBound(this.#order, entry);
      yield { trial: entry.trial, rank, isFinite: entry.loss < Infinity };
    }
  }

  set(trial: TrialId, [first = NaN]: readonly number[]): void {
    const loss = Number.isFinite(first) ? first : Infinity;
    const before = this.#entries.get(trial);
    if (before?.loss === loss) return;
    const entry: Entry = { trial, loss };
    this.#entries.set(trial, entry);
    if (before !== undefined) {
      remove(this.#order, before);
      if (remove(this.#waiting, before)) insert(this.#waiting, entry);
    }
    insert(this.#order, entry);
  }

  setWaiting(trial: TrialId, isWaiting: boolean): void {
    const entry = this.#entries.get(trial);
    if (entry === undefined) return;
    if (isWaiting) insert(this.#waiting, entry);
    else remove(this.#waiting, entry);
  }

  betterThan(trial: TrialId): number {
    const entry = this.#entries.get(trial);
    // Nobody has a number below 0, so this is where the trials with equal losses begin.
    return entry === undefined ? 0 : lowerBound(this.#order, { loss: entry.loss, trial: -1 });
  }
}

/** Where the key is, or would be put. */
function lowerBound(
  entries: readonly Entry[],
  key: { readonly loss: number; readonly trial: number },
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry === undefined) break;
    const isBefore = entry.loss === key.loss ? entry.trial < key.trial : entry.loss < key.loss;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(entries: Entry[], entry: Entry): void {
  const index = lowerBound(entries, entry);
  if (entries[index]?.trial !== entry.trial) entries.splice(index, 0, entry);
}

/** Whether it was there. */
function remove(entries: Entry[], entry: Entry): boolean {
  const index = lowerBound(entries, entry);
  if (entries[index]?.trial !== entry.trial) return false;
  entries.splice(index, 1);
  return true;
}
