/**
 * The fold of a sweep's events: its trials, packs and counts. The coordinator decides on it, every
 * reader shows it. It changes only through `apply`, so equal journals give equal ledgers.
 */
import type { PackId, SweepId, TrialId } from "./ids.ts";
import { LedgerPacks, type Pack } from "./ledger_packs.ts";
import {
  coherentTrials,
  emptyCounts,
  type LedgerCounts,
  type LedgerSnapshot,
} from "./ledger_snapshot.ts";
import type { Trial } from "./ledger_trial.ts";
import { askedTrial, followsLast, whenLeased, whenReleased, whenReported } from "./ledger_trial.ts";
import { Quarantine } from "./quarantine.ts";
import { Interventions } from "./interventions.ts";
import { BEFORE_RACE, foldRound, type RaceState } from "./race.ts";
import { isOver, type SweepChange, type SweepStatus, transitionSweep } from "./sweep.ts";
import type { DatasetSummary, NewPack, SweepEvent } from "./sweep_event.ts";
import type { SweepSpec } from "./sweep_spec.ts";
import { isTerminal, transitionTrial, type TrialEvent, type TrialStatus } from "./trial.ts";
import { whenExploited, whenPaused, withRung } from "./trial_rungs.ts";
import { epoch as toEpoch } from "./units.ts";

export type { LedgerCounts, LedgerSnapshot, Pack, Trial };

/** A sweep's state: a fold of its journal. */
export class SweepLedger {
  readonly id: SweepId;
  readonly dataset: DatasetSummary;
  #spec: SweepSpec;
  #status: SweepStatus = "running";
  readonly #trials: Trial[] = [];
  readonly #packs: LedgerPacks;
  readonly #counts: Record<TrialStatus, number> = emptyCounts();
  readonly #retriedTrials: TrialId[] = [];
  readonly #interventions = new Interventions();
  #quarantine = new Quarantine();
  #race: RaceState = BEFORE_RACE;

  /** The ledger of a sweep that was just created. */
  constructor(
    created: Pick<Extract<SweepEvent, { type: "sweepCreated" }>, "sweep" | "spec" | "dataset">,
  ) {
    this.id = created.sweep;
    this.#spec = created.spec;
    this.dataset = created.dataset;
    this.#packs = new LedgerPacks(created.sweep);
  }

  /**
   * The ledger as it was when the snapshot was taken.
   * @throws {RangeError} If the snapshot contradicts itself.
   */
  static restore(snapshot: LedgerSnapshot): SweepLedger {
    const ledger = new SweepLedger(snapshot);
    ledger.#status = snapshot.status;
    for (const trial of coherentTrials(snapshot)) {
      ledger.#trials.push(trial);
      ledger.#counts[trial.state.status]++;
      ledger.#interventions.noteTrial(trial);
    }
    ledger.#packs.restore(snapshot);
    ledger.#retriedTrials.push(...snapshot.retriedTrials);
    ledger.#quarantine = Quarantine.restore(snapshot.quarantine);
    ledger.#race = snapshot.race ?? BEFORE_RACE;
    ledger.#interventions.noteDrain(snapshot.draining ?? []);
    return ledger;
  }

  /** What is asked for at present: an extension changes it. */
  get spec(): SweepSpec {
    return this.#spec;
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
    return this.#packs.all;
  }
  /** Packs that nobody holds, in the order in which they became free. */
  get queuedPacks(): ReadonlySet<PackId> {
    return this.#packs.queued;
  }
  /** Packs that a worker holds. */
  get leasedPacks(): ReadonlySet<PackId> {
    return this.#packs.leased;
  }
  /** Every pack each time that it became free, in order; a ledger that was restored begins anew. */
  get freedPacks(): readonly PackId[] {
    return this.#packs.freed;
  }
  /** Packs that did not fit on a device, in the order in which that was found. */
  get splitPacks(): readonly PackId[] {
    return this.#packs.split;
  }
  /** Trials in the order in which they were queued again: after they had failed, or been paused. */
  get retriedTrials(): readonly TrialId[] {
    return this.#retriedTrials;
  }
  /** What somebody wanted of single trials and workers. */
  get interventions(): Pick<Interventions, "withdrawnTrials" | "draining" | "isStopBegun"> {
    return this.#interventions;
  }
  /** Which workers fail what others train, and get no more packs. */
  get quarantine(): Pick<Quarantine, "reasons" | "reasonOf" | "judgeFailure"> {
    return this.#quarantine;
  }
  /** What a race has decided so far. */
  get race(): RaceState {
    return this.#race;
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
      ...this.#packs.snapshot(),
      retriedTrials: [...this.#retriedTrials],
      quarantine: this.#quarantine.state(),
      ...(this.#race === BEFORE_RACE ? {} : { race: this.#race }),
      ...this.#interventions.state(),
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
    return this.#packs.get(id);
  }

  /**
   * The trials that a pack still has to train. One that failed and was retried is in another pack.
   * @throws {RangeError} If there is no such pack.
   */
  liveTrials(id: PackId): readonly TrialId[] {
    return this.pack(id).trials.filter((trial) => {
      const { pack, state } = this.trial(trial);
      return pack === id && !isTerminal(state.status);
    });
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
        return this.#complete(event);
      case "trialFailed":
        return this.#moveTrial(event.trial, { type: "failed", reason: event.reason });
      case "trialCancelled":
        this.#moveTrial(event.trial, { type: "cancelled", by: event.by });
        return this.#interventions.noteTrial(this.trial(event.trial));
      case "rungReached":
        return this.#update(event.trial, { rungs: withRung(this.trial(event.trial), event) });
      case "trialPaused":
        return this.#pause(event);
      case "trialPromoted":
        return this.#promote(event);
      case "trialPruned":
        return this.#moveTrial(event.trial, { ...event, type: "pruned" });
      case "trialExploited":
        return this.#update(event.trial, whenExploited(this.trial(event.trial), event));
      case "trialRetried":
        return this.#retry(event.trial);
      case "packReleased":
        return this.#release(event);
      case "packSplit":
        return this.#split(event);
      case "workerQuarantined":
        return this.#quarantine.confine(event.worker, event.message);
      case "drainAsked":
        return this.#interventions.noteDrain([event.worker]);
      case "lanesDetached":
        return this.#detach(event);
      case "roundDecided":
        return void (this.#race = foldRound(this.#race, event));
      case "sweepPaused":
        return this.#change({ type: "paused" });
      case "sweepResumed":
        return this.#change({ type: "resumed" });
      case "sweepEnded":
        return this.#change({ type: "ended", outcome: event.outcome });
      case "sweepReopened":
        return this.#change({ type: "reopened" });
      case "sweepExtended":
        return this.#extend(event.spec);
      default:
        event satisfies never;
    }
  }

  #change(change: SweepChange): void {
    this.#status = transitionSweep(this.#status, change);
  }

  #extend(spec: SweepSpec): void {
    if (isOver(this.#status)) {
      throw new RangeError(`Cannot extend sweep "${this.id}": it is ${this.#status}`);
    }
    this.#spec = spec;
  }

  #queueTrials(event: Extract<SweepEvent, { type: "trialsQueued" }>): void {
    for (const asked of event.trials) {
      followsLast(asked, this);
      this.#counts.queued++;
      this.#trials.push(askedTrial(asked));
    }
  }

  #queuePacks(packs: readonly NewPack[]): void {
    for (const formed of packs) {
      this.#packs.add(formed);
      for (const trial of formed.trials) this.#update(trial, { pack: formed.pack });
    }
  }

  #lease(event: Extract<SweepEvent, { type: "packLeased" }>): void {
    const { attempt, worker } = event;
    this.#packs.move(event.pack, { ...event, type: "leased" });
    this.#packs.count(event.pack, attempt);
    for (const id of this.liveTrials(event.pack)) {
      const trial = this.trial(id);
      this.#update(id, whenLeased(trial, event));
      const epoch = trial.checkpoint?.epoch ?? toEpoch(0);
      this.#moveTrial(id, { type: "leased", worker, attempt, epoch });
    }
  }

  #report(event: Extract<SweepEvent, { type: "epochReported" }>): void {
    const reported = { type: "reported", epoch: event.epoch } as const;
    const holder = this.#packs.holder(event.pack);
    if (holder !== null) this.#quarantine.noteProgress(holder);
    for (const lane of event.lanes) {
      const trial = this.trial(lane.trial);
      // A report leaves a trial running, so nothing is to be counted: this happens most of all.
      const state = transitionTrial(trial.state, reported);
      this.#trials[lane.trial] = { ...trial, ...whenReported(lane, event), state };
    }
  }

  #release(event: Extract<SweepEvent, { type: "packReleased" }>): void {
    const { pack, cause } = event;
    const holder = this.#packs.holder(pack);
    if (holder !== null && cause.kind !== "returned") this.#quarantine.noteFailure(holder);
    this.#packs.move(pack, { type: "released" });
    for (const id of this.liveTrials(pack)) {
      this.#update(id, whenReleased(this.trial(id), cause));
      this.#moveTrial(id, { type: "released" });
    }
  }

  #complete(event: Extract<SweepEvent, { type: "trialCompleted" }>): void {
    const holder = this.#packs.holder(event.pack);
    if (holder !== null) this.#quarantine.noteResult(holder);
    const { metrics, result, model } = event;
    this.#update(event.trial, { metrics, result, model });
    this.#moveTrial(event.trial, { ...event, type: "completed" });
  }

  /** It leaves its pack, which is over with its last trial. */
  #pause(event: Extract<SweepEvent, { type: "trialPaused" }>): void {
    const { trial: id, pack, epoch } = event;
    const holder = this.#packs.holder(pack);
    if (holder !== null) this.#quarantine.noteResult(holder);
    this.#moveTrial(id, { type: "reported", epoch });
    this.#moveTrial(id, { type: "paused" });
    this.#update(id, whenPaused(this.trial(id), event));
    if (this.liveTrials(pack).length === 0) this.#packs.move(pack, { type: "ended" });
  }

  #promote({ trial: id, target }: Extract<SweepEvent, { type: "trialPromoted" }>): void {
    this.#moveTrial(id, { type: "requeued" });
    this.#update(id, { target: target ?? undefined, crashes: 0, lostLeases: 0 });
    this.#retriedTrials.push(id);
  }

  /** It leaves the pack in which it failed, and keeps its checkpoint. */
  #retry(id: TrialId): void {
    this.#moveTrial(id, { type: "requeued" });
    this.#update(id, { pack: null, crashes: 0, lostLeases: 0 });
    this.#retriedTrials.push(id);
    // Whoever retries has mended something: perhaps a worker.
    this.#quarantine.lift();
  }

  #split(event: Extract<SweepEvent, { type: "packSplit" }>): void {
    for (const trial of this.liveTrials(event.pack)) this.#moveTrial(trial, { type: "released" });
    this.#packs.move(event.pack, { type: "ended" });
    this.#packs.noteSplit(event.pack);
    this.#queuePacks(event.into);
  }

  #detach(event: Extract<SweepEvent, { type: "lanesDetached" }>): void {
    const { epoch, artifact } = event;
    this.#packs.withdraw(event.pack, new Set(event.trials));
    for (const id of event.trials) {
      this.#update(id, { checkpoint: { epoch, artifact } });
      this.#moveTrial(id, { type: "released" });
    }
    this.#queuePacks(event.into);
    if (this.liveTrials(event.pack).length === 0) this.#packs.move(event.pack, { type: "ended" });
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
      if (this.liveTrials(trial.pack).length === 0) this.#packs.move(trial.pack, { type: "ended" });
    }
  }
}
