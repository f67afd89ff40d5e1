/** The trials that wait for a pack, grouped by what can train together. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { type PackId, parsePackId, type TrialId } from "../../core/domain/ids.ts";
import type { NewPack } from "../../core/domain/sweep_event.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { fuseKeyIn } from "./fuse_key.ts";
import { type PackDemand, sizePacks } from "./size_packs.ts";

/** Trials of one fuse key that were never in a pack. */
interface Group {
  /** In the order in which they were asked for; those before `next` are packed. */
  readonly trials: TrialId[];
  next: number;
}

/** Trials that can share a pack. */
interface Batch {
  readonly fuseKey: string;
  readonly waiting: number;
  /** Takes the next ones out. */
  readonly take: (lanes: number) => readonly TrialId[];
}

/**
 * A sweep's trials without a pack. It follows the ledger, out of which a new coordinator makes it
 * anew: which trials are unpacked, in which order, and how many lanes did not fit on a device.
 */
export class UnpackedTrials {
  readonly #ledger: SweepLedger;
  /** By fuse key, in the order of their first trials, packed or not: it is the same for everybody. */
  readonly #groupByKey = new Map<string, Group>();
  /** By fuse key; less than the sweep's limit where a device has run out of memory. */
  readonly #maxLanes = new Map<string, number>();
  /** Those that wait after a retry, in the order of their last one. */
  readonly #retried = new Set<TrialId>();
  #seenTrials = 0;
  #seenRetries = 0;
  #seenSplits = 0;

  constructor(ledger: SweepLedger) {
    this.#ledger = ledger;
  }

  /** How many trials wait for a pack. */
  get size(): number {
    this.#follow();
    let size = this.#retried.size;
    for (const { trials, next } of this.#groupByKey.values()) size += trials.length - next;
    return size;
  }

  /** Forms the next packs, at most as many as wanted; their trials count as packed from here on. */
  form(demand: PackDemand): readonly NewPack[] {
    this.#follow();
    const batches = [...this.#newBatches(), ...this.#retriedBatches()];
    const sizes = sizePacks(
      batches.map(({ waiting, fuseKey }) => ({ waiting, maxLanes: this.#maxLanesOf(fuseKey) })),
      demand,
    );
    const first = this.#ledger.packs.length;
    return sizes.map(({ group, lanes }, i) => ({
      pack: parsePackId(first + i),
      trials: batches[group]?.take(lanes) ?? [],
    }));
  }

  *#newBatches(): Generator<Batch, void, void> {
    for (const [fuseKey, group] of this.#groupByKey) {
      const take = (lanes: number): readonly TrialId[] =>
        group.trials.slice(group.next, group.next += lanes);
      yield { fuseKey, waiting: group.trials.length - group.next, take };
    }
  }

  /** Lanes of one pack go on from one checkpoint, or all of them start over. */
  *#retriedBatches(): Generator<Batch, void, void> {
    const alike = Map.groupBy(this.#retried, (id) => {
      const { hyperparameters, checkpoint } = this.#ledger.trial(id);
      return `${this.#keyOf(hyperparameters)} from ${checkpoint?.artifact ?? "the start"}`;
    });
    for (const trials of alike.values()) {
      const [first] = trials;
      if (first === undefined) continue;
      const take = (lanes: number): readonly TrialId[] => {
        const taken = trials.splice(0, lanes);
        for (const trial of taken) this.#retried.delete(trial);
        return taken;
      };
      const key = this.#keyOf(this.#ledger.trial(first).hyperparameters);
      yield { fuseKey: key, waiting: trials.length, take };
    }
  }

  /** Takes in what the ledger has that was not seen yet; each trial is looked at once. */
  #follow(): void {
    const { trials, retriedTrials, splitPacks } = this.#ledger;
    for (; this.#seenTrials < trials.length; this.#seenTrials++) {
      const trial = trials[this.#seenTrials];
      if (trial === undefined) continue;
      const group = this.#groupOf(trial);
      // One that has been leased and is in no pack was retried: it comes below.
      if (trial.pack === null && trial.attempts === 0) group.trials.push(trial.id);
    }
    for (; this.#seenRetries < retriedTrials.length; this.#seenRetries++) {
      const id = retriedTrials[this.#seenRetries];
      const trial = id === undefined ? undefined : trials[id];
      if (trial?.pack !== null || trial.state.status !== "queued") continue;
      // To the end: whoever reads the list later finds it there twice.
      this.#retried.delete(trial.id);
      this.#retried.add(trial.id);
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
    const key = this.#keyOf(this.#ledger.trial(first).hyperparameters);
    const half = Math.max(1, Math.floor(trials.length / 2));
    this.#maxLanes.set(key, Math.min(this.#maxLanesOf(key), half));
  }

  #maxLanesOf(key: string): number {
    return this.#maxLanes.get(key) ?? this.#ledger.spec.maxLanes;
  }

  #keyOf(hyperparameters: Hyperparameters): string {
    return fuseKeyIn(this.#ledger.spec, hyperparameters);
  }

  #groupOf({ hyperparameters }: Trial): Group {
    const key = this.#keyOf(hyperparameters);
    const known = this.#groupByKey.get(key);
    if (known !== undefined) return known;
    const group = { trials: [], next: 0 };
    this.#groupByKey.set(key, group);
    return group;
  }
}
