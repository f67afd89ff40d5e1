/** The trials that wait for a pack, grouped by what can train together. */
import { type PackId, parsePackId, type TrialId } from "../../core/domain/ids.ts";
import type { CheckpointRef, NewPack } from "../../core/domain/sweep_event.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { fuseKey } from "./fuse_key.ts";
import { type PackDemand, sizePacks } from "./size_packs.ts";

interface Group {
  /** In the order in which they were asked for; those before `next` are packed. */
  readonly trials: TrialId[];
  next: number;
  readonly fuseKey: string;
}

/**
 * A sweep's trials without a pack. It follows the ledger, out of which a new coordinator makes it
 * anew: which trials are unpacked, and how many lanes did not fit on a device.
 */
export class UnpackedTrials {
  readonly #ledger: SweepLedger;
  readonly #groupByKey = new Map<string, Group>();
  /** By fuse key; less than the sweep's limit where a device has run out of memory. */
  readonly #maxLanes = new Map<string, number>();
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
    let size = 0;
    for (const { trials, next } of this.#groupByKey.values()) size += trials.length - next;
    return size;
  }

  /** Forms the next packs, at most as many as wanted; their trials count as packed from here on. */
  form(demand: PackDemand): readonly NewPack[] {
    this.#follow();
    const groups = [...this.#groupByKey.values()];
    const sizes = sizePacks(
      groups.map(({ trials, next, fuseKey }) => ({
        waiting: trials.length - next,
        maxLanes: this.#maxLanesOf(fuseKey),
      })),
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
    const taken = trials.slice(next, group.next);
    for (const trial of taken) this.#retried.delete(trial);
    return taken;
  }

  /** Takes in what the ledger has that was not seen yet; each trial is looked at once. */
  #follow(): void {
    const { trials, retriedTrials, splitPacks } = this.#ledger;
    for (; this.#seenTrials < trials.length; this.#seenTrials++) {
      const trial = trials[this.#seenTrials];
      if (trial === undefined) continue;
      // Packed ones, too: groups stand in the order of their first trial, whoever coordinates.
      const group = this.#groupOf(trial, { from: null });
      // Those that wait after a retry come below, in the order in which that was asked for.
      if (trial.pack === null && trial.attempts === 0) group.trials.push(trial.id);
    }
    for (; this.#seenRetries < retriedTrials.length; this.#seenRetries++) {
      const id = retriedTrials[this.#seenRetries];
      const trial = id === undefined ? undefined : trials[id];
      if (trial?.pack !== null || trial.state.status !== "queued") continue;
      if (this.#retried.has(trial.id)) continue;
      this.#retried.add(trial.id);
      this.#groupOf(trial, { from: trial.checkpoint }).trials.push(trial.id);
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
    const key = fuseKey(this.#ledger.trial(first).hyperparameters);
    const half = Math.max(1, Math.floor(trials.length / 2));
    this.#maxLanes.set(key, Math.min(this.#maxLanesOf(key), half));
  }

  #maxLanesOf(key: string): number {
    return this.#maxLanes.get(key) ?? this.#ledger.spec.maxLanes;
  }

  /** Lanes of one pack go on from one checkpoint, or all of them start over. */
  #groupOf(
    { hyperparameters }: Trial,
    { from }: { readonly from: CheckpointRef | null },
  ): Group {
    const key = fuseKey(hyperparameters);
    const groupKey = from === null ? key : `${key} from ${from.artifact}`;
    const known = this.#groupByKey.get(groupKey);
    if (known !== undefined) return known;
    const group = { trials: [], next: 0, fuseKey: key };
    this.#groupByKey.set(groupKey, group);
    return group;
  }
}
