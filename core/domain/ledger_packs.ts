/** The packs of a ledger: each by its id, and which of them are free, held and too large. */
import type { Attempt, PackId, SweepId, TrialId, WorkerId } from "./ids.ts";
import { type PackEvent, type PackState, transitionPack } from "./pack.ts";
import type { NewPack } from "./sweep_event.ts";

/** A pack with everything that the journal says of it now. */
export interface Pack {
  readonly id: PackId;
  /** Those that train, or trained, here; one that was detached is in its new pack alone. */
  readonly trials: readonly TrialId[];
  readonly state: PackState;
  /** Claims granted so far: the last one's number is the fencing token. */
  readonly attempts: number;
}

/** All packs of a ledger, as a JSON value. */
export interface PacksSnapshot {
  /** By their ids. */
  readonly packs: readonly Pack[];
  /** In the order in which they became free, were leased, and were found too large. */
  readonly queuedPacks: readonly PackId[];
  readonly leasedPacks: readonly PackId[];
  readonly splitPacks: readonly PackId[];
}

/** The packs of one sweep. Only its ledger changes them. */
export class LedgerPacks {
  readonly #sweep: SweepId;
  readonly #all: Pack[] = [];
  readonly #queued = new Set<PackId>();
  readonly #leased = new Set<PackId>();
  readonly #freed: PackId[] = [];
  readonly #split: PackId[] = [];

  constructor(sweep: SweepId) {
    this.#sweep = sweep;
  }

  /** Takes over what a snapshot has. @throws {RangeError} If it contradicts itself. */
  restore({ packs, queuedPacks, leasedPacks, splitPacks }: PacksSnapshot): void {
    for (const pack of packs) {
      if (this.#all.push(pack) !== pack.id + 1) throw this.#incoherent("a pack");
    }
    for (const id of queuedPacks) this.#queued.add(id);
    for (const id of leasedPacks) this.#leased.add(id);
    this.#split.push(...splitPacks);
    let live = 0;
    for (const { id, state: { status } } of this.#all) {
      if (status !== "over") live++;
      const isFiled = this.#queued.has(id) === (status === "queued") &&
        this.#leased.has(id) === (status === "leased");
      if (!isFiled) throw this.#incoherent(`pack ${id}`);
    }
    const isWhole = this.#queued.size + this.#leased.size === live &&
      splitPacks.every((id) => this.#all[id] !== undefined);
    if (!isWhole) throw this.#incoherent("the order of packs");
  }

  /** Records are replaced, never changed, so the lists are all that has to be copied. */
  snapshot(): PacksSnapshot {
    return {
      packs: [...this.#all],
      queuedPacks: [...this.#queued],
      leasedPacks: [...this.#leased],
      splitPacks: [...this.#split],
    };
  }

  get all(): readonly Pack[] {
    return this.#all;
  }
  get queued(): ReadonlySet<PackId> {
    return this.#queued;
  }
  get leased(): ReadonlySet<PackId> {
    return this.#leased;
  }
  /** Every pack each time that it became free, in order. */
  get freed(): readonly PackId[] {
    return this.#freed;
  }
  get split(): readonly PackId[] {
    return this.#split;
  }

  /** @throws {RangeError} If there is no such pack. */
  get(id: PackId): Pack {
    const pack = this.#all[id];
    if (pack === undefined) {
      throw new RangeError(`Cannot find pack ${id} of sweep "${this.#sweep}"`);
    }
    return pack;
  }

  /** The worker that holds it, or null. */
  holder(id: PackId): WorkerId | null {
    const { state } = this.get(id);
    return state.status === "leased" ? state.worker : null;
  }

  /** @throws {RangeError} If it is not the next one. */
  add({ pack, trials }: NewPack): void {
    if (pack !== this.#all.length) {
      throw new RangeError(`Cannot queue pack ${pack} of "${this.#sweep}": it is out of order`);
    }
    this.#all.push({ id: pack, trials, state: { status: "queued" }, attempts: 0 });
    this.#queued.add(pack);
    this.#freed.push(pack);
  }

  /** @throws {PackTransitionError} If it cannot. */
  move(id: PackId, event: PackEvent): void {
    const pack = this.get(id);
    const state = transitionPack(pack.state, event);
    this.#all[id] = { ...pack, state };
    this.#queued.delete(id);
    this.#leased.delete(id);
    if (state.status === "queued") {
      this.#queued.add(id);
      this.#freed.push(id);
    }
    if (state.status === "leased") this.#leased.add(id);
  }

  /** A claim of it was granted. */
  count(id: PackId, attempt: Attempt): void {
    this.#all[id] = { ...this.get(id), attempts: attempt };
  }

  /** Some of its trials are in other packs from now on. */
  withdraw(id: PackId, leaving: ReadonlySet<TrialId>): void {
    const pack = this.get(id);
    this.#all[id] = { ...pack, trials: pack.trials.filter((trial) => !leaving.has(trial)) };
  }

  /** It did not fit on a device. */
  noteSplit(id: PackId): void {
    this.#split.push(id);
  }

  #incoherent(what: string): RangeError {
    return incoherentSnapshot(this.#sweep, what);
  }
}

/** A snapshot that cannot be of any ledger. */
export function incoherentSnapshot(sweep: SweepId, what: string): RangeError {
  return new RangeError(
    `Cannot restore sweep "${sweep}": its snapshot contradicts itself in ${what}`,
  );
}
