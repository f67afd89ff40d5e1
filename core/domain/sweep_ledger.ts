/**
 * The fold of a sweep's events: its trials, packs and counts. The coordinator decides on it, every
 * reader shows it. It changes only through `apply`, so equal journals give equal ledgers.
 */
import type { Hyperparameters } from "./hyperparameters.ts";
import type { ConfigurationId, PackId, SweepId, TrialId, WorkerId } from "./ids.ts";
import { type PackEvent, type PackState, transitionPack } from "./pack.ts";
import { type SweepStatus, transitionSweep } from "./sweep.ts";
import type { CheckpointRef, DatasetSummary, Metrics, NewPack, SweepEvent } from "./sweep_event.ts";
import type { SweepSpec } from "./sweep_spec.ts";
import {
  isTerminal,
  transitionTrial,
  type TrialEvent,
  type TrialState,
  type TrialStatus,
} from "./trial.ts";
import { epoch as toEpoch } from "./units.ts";

/** A trial with everything that the journal says of it now. */
export interface Trial {
  readonly id: TrialId;
  readonly configuration: ConfigurationId;
  readonly replicate: number;
  readonly hyperparameters: Hyperparameters;
  readonly state: TrialState;
  /** Claims granted so far. */
  readonly attempts: number;
  /** The pack it is in, once packed. */
  readonly pack: PackId | null;
  /** Where the next attempt goes on from. */
  readonly checkpoint: CheckpointRef | null;
  /** The latest metrics: of the last epoch reported, then the final ones. */
  readonly metrics: Metrics;
  /** The last worker and backend that trained it. */
  readonly worker: WorkerId | null;
  readonly backend: string | null;
}

/** A pack with everything that the journal says of it now. */
export interface Pack {
  readonly id: PackId;
  readonly trials: readonly TrialId[];
  readonly state: PackState;
  /** Claims granted so far: the last one's number is the fencing token. */
  readonly attempts: number;
  /** Attempts that were lost or failed; given back ones are neither. */
  readonly losses: number;
}

/** How many trials are in each status. They always add up to the number asked for. */
export type LedgerCounts = Readonly<Record<TrialStatus, number>> & { readonly asked: number };

/**
 * A ledger as a JSON value: complete and canonical, so that equal ledgers have equal JSON texts.
 * Whoever changes what a field means gives the snapshot's document a new version.
 */
export interface LedgerSnapshot {
  readonly sweep: SweepId;
  readonly spec: SweepSpec;
  readonly dataset: DatasetSummary;
  readonly status: SweepStatus;
  /** By their ids. */
  readonly trials: readonly Trial[];
  readonly packs: readonly Pack[];
  /** In the order in which they became free, were leased, and were found too large. */
  readonly queuedPacks: readonly PackId[];
  readonly leasedPacks: readonly PackId[];
  readonly splitPacks: readonly PackId[];
}

/** A sweep's state: a fold of its journal. */
export class SweepLedger {
  readonly id: SweepId;
  readonly spec: SweepSpec;
  readonly dataset: DatasetSummary;
  #status: SweepStatus = "running";
  readonly #trials: Trial[] = [];
  readonly #packs: Pack[] = [];
  readonly #counts: Record<TrialStatus, number> = emptyCounts();
  readonly #queuedPacks = new Set<PackId>();
  readonly #leasedPacks = new Set<PackId>();
  readonly #freedPacks: PackId[] = [];
  readonly #splitPacks: PackId[] = [];

  /** The ledger of a sweep that was just created. */
  constructor(
    created: Pick<Extract<SweepEvent, { type: "sweepCreated" }>, "sweep" | "spec" | "dataset">,
  ) {
    this.id = created.sweep;
    this.spec = created.spec;
    this.dataset = created.dataset;
  }

  /**
   * The ledger as it was when the snapshot was taken.
   * @throws {RangeError} If the snapshot contradicts itself.
   */
  static restore(snapshot: LedgerSnapshot): SweepLedger {
    const ledger = new SweepLedger(snapshot);
    ledger.#status = snapshot.status;
    for (const trial of snapshot.trials) {
      if (ledger.#trials.push(trial) !== trial.id + 1) throw incoherent(snapshot, "a trial");
      ledger.#counts[trial.state.status]++;
    }
    for (const pack of snapshot.packs) {
      const isKnown = pack.trials.every((id) => ledger.#trials[id] !== undefined);
      if (ledger.#packs.push(pack) !== pack.id + 1 || !isKnown) {
        throw incoherent(snapshot, "a pack");
      }
    }
    ledger.#restoreOrder(snapshot);
    return ledger;
  }

  get status(): SweepStatus {
    return this.#status;
  }
  /** All trials, by their id. */
  get trials(): readonly Trial[] {
    return this.#trials;
  }
  /** All packs, by their id. */
  get packs(): readonly Pack[] {
    return this.#packs;
  }
  /** Packs that nobody holds, in the order in which they became free. */
  get queuedPacks(): ReadonlySet<PackId> {
    return this.#queuedPacks;
  }
  /** Packs that a worker holds. */
  get leasedPacks(): ReadonlySet<PackId> {
    return this.#leasedPacks;
  }
  /** Every pack each time that it became free, in order; a ledger that was restored begins anew. */
  get freedPacks(): readonly PackId[] {
    return this.#freedPacks;
  }
  /** Packs that did not fit on a device, in the order in which that was found. */
  get splitPacks(): readonly PackId[] {
    return this.#splitPacks;
  }
  get counts(): LedgerCounts {
    return { ...this.#counts, asked: this.#trials.length };
  }
  /** Whether no trial can change any more. */
  get isSettled(): boolean {
    return this.#counts.queued + this.#counts.running + this.#counts.paused === 0;
  }

  /** All that a fold has made of the journal so far; what happens later does not change it. */
  snapshot(): LedgerSnapshot {
    return {
      sweep: this.id,
      spec: this.spec,
      dataset: this.dataset,
      status: this.#status,
      // Records are replaced, never changed, so the list is all that has to be copied.
      trials: [...this.#trials],
      packs: [...this.#packs],
      queuedPacks: [...this.#queuedPacks],
      leasedPacks: [...this.#leasedPacks],
      splitPacks: [...this.#splitPacks],
    };
  }

  /** @throws {RangeError} If there is no such trial. */
  trial(id: TrialId): Trial {
    const trial = this.#trials[id];
    if (trial === undefined) throw new RangeError(`Cannot find trial ${id} of sweep "${this.id}"`);
    return trial;
  }

  /** @throws {RangeError} If there is no such pack. */
  pack(id: PackId): Pack {
    const pack = this.#packs[id];
    if (pack === undefined) throw new RangeError(`Cannot find pack ${id} of sweep "${this.id}"`);
    return pack;
  }

  /**
   * Folds one event in.
   * @throws {TrialTransitionError | PackTransitionError | SweepTransitionError | RangeError} If the
   * event cannot follow the ones before it; the ledger must not be used after that.
   */
  apply(event: SweepEvent): void {
    switch (event.type) {
      case "sweepCreated":
        throw new RangeError(`Cannot create sweep "${this.id}" twice`);
      case "coordinatorStarted":
      case "lateMessageRejected":
        return;
      case "trialsQueued":
        return this.#queueTrials(event);
      case "packsQueued":
        return this.#queuePacks(event.packs);
      case "packLeased":
        return this.#lease(event);
      case "epochReported":
        return this.#report(event);
      case "checkpointStored":
        for (const id of event.trials) {
          this.#update(id, { checkpoint: { epoch: event.epoch, artifact: event.artifact } });
        }
        return;
      case "trialCompleted":
        this.#update(event.trial, { metrics: event.metrics });
        return this.#moveTrial(event.trial, { ...event, type: "completed" });
      case "trialFailed":
      case "trialCancelled":
        return this.#moveTrial(
          event.trial,
          event.type === "trialFailed"
            ? { type: "failed", reason: event.reason }
            : { type: "cancelled" },
        );
      case "packReleased":
        return this.#release(event);
      case "packSplit":
        return this.#split(event);
      case "sweepPaused":
        this.#status = transitionSweep(this.#status, { type: "paused" });
        return;
      case "sweepResumed":
        this.#status = transitionSweep(this.#status, { type: "resumed" });
        return;
      case "sweepEnded":
        this.#status = transitionSweep(this.#status, { type: "ended", outcome: event.outcome });
        return;
      default:
        event satisfies never;
    }
  }

  #restoreOrder(snapshot: LedgerSnapshot): void {
    const { queuedPacks, leasedPacks, splitPacks } = snapshot;
    for (const id of queuedPacks) this.#queuedPacks.add(id);
    for (const id of leasedPacks) this.#leasedPacks.add(id);
    this.#splitPacks.push(...splitPacks);
    let live = 0;
    for (const { id, state: { status } } of this.#packs) {
      if (status !== "over") live++;
      const isFiled = this.#queuedPacks.has(id) === (status === "queued") &&
        this.#leasedPacks.has(id) === (status === "leased");
      if (!isFiled) throw incoherent(snapshot, `pack ${id}`);
    }
    const isWhole = this.#queuedPacks.size + this.#leasedPacks.size === live &&
      splitPacks.every((id) => this.#packs[id] !== undefined);
    if (!isWhole) throw incoherent(snapshot, "the order of packs");
  }

  #queueTrials(event: Extract<SweepEvent, { type: "trialsQueued" }>): void {
    for (const asked of event.trials) {
      if (asked.trial !== this.#trials.length) {
        throw new RangeError(
          `Cannot queue trial ${asked.trial} of "${this.id}": it is out of order`,
        );
      }
      this.#counts.queued++;
      this.#trials.push({
        id: asked.trial,
        configuration: asked.configuration,
        replicate: asked.replicate,
        hyperparameters: asked.hyperparameters,
        state: { status: "queued" },
        attempts: 0,
        pack: null,
        checkpoint: null,
        metrics: {},
        worker: null,
        backend: null,
      });
    }
  }

  #queuePacks(packs: readonly NewPack[]): void {
    for (const formed of packs) {
      if (formed.pack !== this.#packs.length) {
        throw new RangeError(
          `Cannot queue pack ${formed.pack} of "${this.id}": it is out of order`,
        );
      }
      this.#packs.push({
        id: formed.pack,
        trials: formed.trials,
        state: { status: "queued" },
        attempts: 0,
        losses: 0,
      });
      this.#queuedPacks.add(formed.pack);
      this.#freedPacks.push(formed.pack);
      for (const trial of formed.trials) this.#update(trial, { pack: formed.pack });
    }
  }

  #lease(event: Extract<SweepEvent, { type: "packLeased" }>): void {
    const { attempt, worker, backend } = event;
    this.#movePack(event.pack, { ...event, type: "leased" });
    const pack = this.pack(event.pack);
    this.#packs[pack.id] = { ...pack, attempts: attempt };
    for (const id of this.#liveTrials(event.pack)) {
      const trial = this.trial(id);
      this.#update(id, { attempts: trial.attempts + 1, worker, backend });
      const epoch = trial.checkpoint?.epoch ?? toEpoch(0);
      this.#moveTrial(id, { type: "leased", worker, attempt, epoch });
    }
  }

  #report(event: Extract<SweepEvent, { type: "epochReported" }>): void {
    const reported = { type: "reported", epoch: event.epoch } as const;
    for (const lane of event.lanes) {
      const trial = this.trial(lane.trial);
      const metrics = lane.kind === "measured" ? lane.metrics : trial.metrics;
      // A report leaves a trial running, so nothing is to be counted: this happens most of all.
      const state = transitionTrial(trial.state, reported);
      this.#trials[lane.trial] = { ...trial, metrics, state };
    }
  }

  #release(event: Extract<SweepEvent, { type: "packReleased" }>): void {
    this.#movePack(event.pack, { type: "released" });
    const pack = this.pack(event.pack);
    const lost = event.cause.kind === "returned" ? 0 : 1;
    this.#packs[pack.id] = { ...pack, losses: pack.losses + lost };
    for (const trial of this.#liveTrials(pack.id)) this.#moveTrial(trial, { type: "released" });
  }

  #split(event: Extract<SweepEvent, { type: "packSplit" }>): void {
    for (const trial of this.#liveTrials(event.pack)) this.#moveTrial(trial, { type: "released" });
    this.#movePack(event.pack, { type: "ended" });
    this.#splitPacks.push(event.pack);
    this.#queuePacks(event.into);
  }

  #liveTrials(id: PackId): readonly TrialId[] {
    return this.pack(id).trials.filter((trial) => !isTerminal(this.trial(trial).state.status));
  }

  #update(id: TrialId, change: Partial<Trial>): void {
    this.#trials[id] = { ...this.trial(id), ...change };
  }

  #moveTrial(id: TrialId, event: TrialEvent): void {
    const trial = this.trial(id);
    const state = transitionTrial(trial.state, event);
    this.#counts[trial.state.status]--;
    this.#counts[state.status]++;
    this.#update(id, { state });
    // A pack ends with its last trial: nobody has to say so.
    if (isTerminal(state.status) && trial.pack !== null) {
      if (this.#liveTrials(trial.pack).length === 0) this.#movePack(trial.pack, { type: "ended" });
    }
  }

  #movePack(id: PackId, event: PackEvent): void {
    const pack = this.pack(id);
    const state = transitionPack(pack.state, event);
    this.#packs[id] = { ...pack, state };
    this.#queuedPacks.delete(id);
    this.#leasedPacks.delete(id);
    if (state.status === "queued") {
      this.#queuedPacks.add(id);
      this.#freedPacks.push(id);
    }
    if (state.status === "leased") this.#leasedPacks.add(id);
  }
}

function incoherent({ sweep }: LedgerSnapshot, what: string): RangeError {
  return new RangeError(
    `Cannot restore sweep "${sweep}": its snapshot contradicts itself in ${what}`,
  );
}

function emptyCounts(): Record<TrialStatus, number> {
  return { queued: 0, running: 0, paused: 0, completed: 0, pruned: 0, failed: 0, cancelled: 0 };
}
