/** The trials that wait for a pack, grouped by what can train together. */
import { type PackId, parsePackId, type TrialId } from "../../core/domain/ids.ts";
import type { NewPack } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { fuseKey } from "./fuse_key.ts";
import { type PackDemand, sizePacks } from "./size_packs.ts";

interface Group {
  /** In the order in which they were asked for; those before `next` are packed. */
  readonly trials: TrialId[];
  next: number;
  maxLanes: number;
}

/**
 * A sweep's trials without a pack. It follows the ledger, out of which a new coordinator makes it
 * anew: which trials are unpacked, and how many lanes did not fit on a device.
 */
export class UnpackedTrials {
  readonly #ledger: SweepLedger;
  readonly #groupByKey = new Map<string, Group>();
  #seenTrials = 0;
  #seenSplits = 0;

  constructor(ledger: SweepLedger) {
    this.#ledger = ledger;
  }

  /** Forms the next packs, at most as many as wanted; their trials count as packed from here on. */
  form(demand: PackDemand): readonly NewPack[] {
    this.#follow();
    const groups = [...this.#groupByKey.values()];
    const sizes = sizePacks(
      groups.map(({ trials, next, maxLanes }) => ({ waiting: trials.length - next, maxLanes })),
      demand,
    );
    const first = this.#ledger.packs.length;
    return sizes.map(({ group, lanes }, i) => ({
      pack: parsePackId(first + i),
      trials: this.#take(groups[group], lanes),
    }));
  }

  #take(group: Group | undefined, lanes: number): readonly TrialId[] {
    if (group === undefined) return [];
    const { trials, next } = group;
    group.next += lanes;
    return trials.slice(next, group.next);
  }

  /** Takes in what the ledger has that was not seen yet; each trial is looked at once. */
  #follow(): void {
    const { trials, splitPacks } = this.#ledger;
    for (; this.#seenTrials < trials.length; this.#seenTrials++) {
      const trial = trials[this.#seenTrials];
      if (trial === undefined) continue;
      // Packed ones, too: groups stand in the order of their first trial, whoever coordinates.
      const group = this.#groupOf(trial.id);
      if (trial.pack === null) group.trials.push(trial.id);
    }
    for (; this.#seenSplits < splitPacks.length; this.#seenSplits++) {
      const pack = splitPacks[this.#seenSplits];
      if (pack !== undefined) this.#learnFromSplit(pack);
    }
  }

  /** A pack of n lanes did not fit: half of them may. */
  #learnFromSplit(pack: PackId): void {
    const { trials } = this.#ledger.pack(pack);
    const [first] = trials;
    if (first === undefined) return;
    const group = this.#groupOf(first);
    group.maxLanes = Math.min(group.maxLanes, Math.max(1, Math.floor(trials.length / 2)));
  }

  #groupOf(trial: TrialId): Group {
    const key = fuseKey(this.#ledger.trial(trial).hyperparameters);
    const known = this.#groupByKey.get(key);
    if (known !== undefined) return known;
    const group: Group = { trials: [], next: 0, maxLanes: this.#ledger.spec.maxLanes };
    this.#groupByKey.set(key, group);
    return group;
  }
}
