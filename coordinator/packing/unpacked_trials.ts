/** The trials that wait for a pack, grouped by what can train together. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { type PackId, parsePackId, type TrialId } from "../../core/domain/ids.ts";
import type { NewPack } from "../../core/domain/sweep_event.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { fuseKeyIn } from "./fuse_key.ts";
import { type PackDemand, sizePacks } from "./size_packs.ts";

/** Trials of one fuse key and target that were never in a pack. */
interface Group {
  readonly fuseKey: string;
  /** In the order in which they were asked for; those before `next` are packed. */
  trials: TrialId[];
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
  /** By what they have in common, in the order of their first trials: see `#newBatches`. */
  readonly #groupByKey = new Map<string, Group>();
  /** By fuse key; less than the sweep's limit where a device has run out of memory. */
  readonly #maxLanes = new Map<string, number>();
  /** Those that wait after a retry or a promotion, in the order of their last one. */
  readonly #retried = new Set<TrialId>();
  #seenTrials = 0;
  #seenRetries = 0;
  #seenSplits = 0;
  #seenWithdrawals = 0;

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
    const waiting = Map.groupBy(this.#retried, (id) => this.#ledger.trial(id).rungs !== undefined);
    const batches = [
      // What is half done ends sooner than what is begun, and frees its place in the store.
      ...this.#retriedBatches(waiting.get(true) ?? []),
      ...this.#newBatches(),
      ...this.#retriedBatches(waiting.get(false) ?? []),
    ];
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

  /**
   * Groups come in an order that is the same for everybody who reads the ledger: that of their first
   * trials, packed or not. Where a scheduler changes what trials have in common, the packed ones
   * cannot tell any more where they belonged: there it is that of the first that wait.
   */
  *#newBatches(): Generator<Batch, void, void> {
    const groups = [...this.#groupByKey.values()];
    if (this.#ledger.spec.scheduler !== undefined) {
      groups.sort((a, b) => (a.trials[a.next] ?? Infinity) - (b.trials[b.next] ?? Infinity));
    }
    for (const group of groups) {
      const { fuseKey } = group;
      const take = (lanes: number): readonly TrialId[] =>
        group.trials.slice(group.next, group.next += lanes);
      yield { fuseKey, waiting: group.trials.length - group.next, take };
    }
  }

  /** Lanes of one pack go on from one epoch, or all of them start over. */
  *#retriedBatches(waiting: readonly TrialId[]): Generator<Batch, void, void> {
    const alike = Map.groupBy(waiting, (id) => this.#packKey(this.#ledger.trial(id)));
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
      // One that has been leased and is in no pack was retried: it comes below.
      const isNew = trial.pack === null && trial.attempts === 0;
      if (!isNew && this.#ledger.spec.scheduler !== undefined) continue;
      const group = this.#groupOf(trial);
      if (isNew && trial.state.status === "queued") group.trials.push(trial.id);
    }
    for (; this.#seenRetries < retriedTrials.length; this.#seenRetries++) {
      const id = retriedTrials[this.#seenRetries];
      const trial = id === undefined ? undefined : trials[id];
      if (trial?.pack !== null || trial.state.status !== "queued") continue;
      // To the end: whoever reads the list later finds it there twice.
      this.#retried.delete(trial.id);
      this.#retried.add(trial.id);
    }
    this.#withdraw();
    for (; this.#seenSplits < splitPacks.length; this.#seenSplits++) {
      const pack = splitPacks[this.#seenSplits];
      if (pack !== undefined) this.#learnFromSplit(pack);
    }
  }

  /** What somebody has stopped waits no more. */
  #withdraw(): void {
    const { withdrawnTrials } = this.#ledger.interventions;
    if (this.#seenWithdrawals === withdrawnTrials.length) return;
    const gone = new Set(withdrawnTrials.slice(this.#seenWithdrawals));
    this.#seenWithdrawals = withdrawnTrials.length;
    for (const trial of gone) this.#retried.delete(trial);
    for (const group of this.#groupByKey.values()) {
      group.trials = group.trials.slice(group.next).filter((trial) => !gone.has(trial));
      group.next = 0;
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

  /**
   * What trials that share a pack have in common: the network's step, where they begin, and where
   * they pause. A failed trial's checkpoint may be gone, so those that go on from one file stay
   * together: they alone start over then.
   */
  #packKey({ hyperparameters, checkpoint, target, rungs }: Trial): string {
    const start = rungs === undefined ? checkpoint?.artifact : checkpoint?.epoch;
    return `${this.#keyOf(hyperparameters)} from ${start ?? 0} to ${target ?? "the end"}`;
  }

  #groupOf(trial: Trial): Group {
    const fuse = this.#keyOf(trial.hyperparameters);
    const key = `${fuse} to ${trial.target ?? "the end"}`;
    const known = this.#groupByKey.get(key);
    if (known !== undefined) return known;
    const group: Group = { fuseKey: fuse, trials: [], next: 0 };
    this.#groupByKey.set(key, group);
    return group;
  }
}
