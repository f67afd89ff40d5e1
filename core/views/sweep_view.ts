/** A sweep as readers see it: the ledger, the learning curves and the times, folded from its journal. */
import type { SweepId, TrialId, WorkerId } from "../domain/ids.ts";
import { parseMlpHyperparameters } from "../domain/mlp_parameters.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { SweepLedger } from "../domain/sweep_ledger.ts";
import { isTerminal } from "../domain/trial.ts";
import { type Instant, type Milliseconds, milliseconds } from "../domain/units.ts";
import type { StoredEntry } from "../protocol/ports.ts";
import { Curve } from "./curve.ts";

/** When things happened to a trial. */
export interface TrialTimes {
  readonly queuedAt: Instant;
  /** The first claim. */
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** What a worker did for this sweep. */
export interface WorkerShare {
  readonly worker: WorkerId;
  readonly backend: string;
  readonly packsLeased: number;
  readonly lastSeenAt: Instant;
}

/** A sweep's read model. Only `apply` changes it. */
export class SweepView {
  readonly ledger: SweepLedger;
  readonly createdAt: Instant;
  readonly #curves: Curve[] = [];
  readonly #times: TrialTimes[] = [];
  readonly #workers = new Map<WorkerId, WorkerShare>();
  #sequence: number;
  #updatedAt: Instant;
  #endedAt: Instant | null = null;
  #reopenedAt: Instant | null = null;
  #idleMs = 0;
  #epochsTrained = 0;
  #laneSteps = 0;

  /**
   * The view after a journal's first entry.
   * @throws {RangeError} If that entry does not begin with `sweepCreated`.
   */
  constructor(first: StoredEntry) {
    const [created, ...others] = first.entry.events;
    if (created?.type !== "sweepCreated") {
      throw new RangeError("Cannot read a journal: its first event must be sweepCreated");
    }
    this.ledger = new SweepLedger(created);
    this.createdAt = first.entry.at;
    this.#updatedAt = first.entry.at;
    this.#sequence = first.sequence;
    for (const event of others) this.#fold(event, first.entry.at);
  }

  /** Folds the next entry in. @throws {RangeError} If it is not after the ones before. */
  apply(stored: StoredEntry): void {
    if (stored.sequence <= this.#sequence) {
      throw new RangeError(
        `Cannot fold entry ${stored.sequence} of "${this.id}": ${this.#sequence} is folded already`,
      );
    }
    const at = this.#notBefore(stored.entry.at);
    for (const event of stored.entry.events) this.#fold(event, at);
    this.#sequence = stored.sequence;
    this.#updatedAt = at;
  }

  get id(): SweepId {
    return this.ledger.id;
  }
  /** The journal sequence of the last entry folded. */
  get sequence(): number {
    return this.#sequence;
  }
  get updatedAt(): Instant {
    return this.#updatedAt;
  }
  /** When the sweep ended, or null. */
  get endedAt(): Instant | null {
    return this.#endedAt;
  }
  /** When the sweep was last reopened, or null. */
  get reopenedAt(): Instant | null {
    return this.#reopenedAt;
  }
  /** How long the sweep was over before it was reopened, all such times together. */
  get idleMs(): Milliseconds {
    return milliseconds(this.#idleMs);
  }
  /** The sweep's wall time from its creation to `until`; while it was over, no time passed. */
  wallMs(until: Instant): Milliseconds {
    return milliseconds(Math.max(0, (this.#endedAt ?? until) - this.createdAt - this.#idleMs));
  }
  /** Epochs trained and reported so far, of all lanes and attempts. */
  get epochsTrained(): number {
    return this.#epochsTrained;
  }
  /** Optimizer steps done so far, of all lanes and attempts. */
  get laneSteps(): number {
    return this.#laneSteps;
  }
  get workers(): readonly WorkerShare[] {
    return [...this.#workers.values()];
  }

  /** A trial's curves; empty before its first report. */
  curve(trial: TrialId): Curve {
    return this.#curves[trial] ?? new Curve();
  }

  /** When things happened to a trial. @throws {RangeError} If there is no such trial. */
  times(trial: TrialId): TrialTimes {
    const times = this.#times[trial];
    if (times === undefined) throw new RangeError(`Cannot find trial ${trial} of "${this.id}"`);
    return times;
  }

  /** The coordinator's clock may be set back, and a resume may be on another machine: time goes on. */
  #notBefore(at: Instant): Instant {
    return at < this.#updatedAt ? this.#updatedAt : at;
  }

  #fold(event: SweepEvent, at: Instant): void {
    if (event.type === "epochReported") this.#countEpochs(event);
    this.ledger.apply(event);
    switch (event.type) {
      case "trialsQueued":
        for (const { trial } of event.trials) {
          this.#curves[trial] = new Curve();
          this.#times[trial] = { queuedAt: at, startedAt: null, endedAt: null };
        }
        return;
      case "packLeased":
        this.#seeWorker(event.worker, { at, backend: event.backend, leased: 1 });
        for (const trial of this.ledger.pack(event.pack).trials) {
          const times = this.times(trial);
          this.#times[trial] = { ...times, startedAt: times.startedAt ?? at };
        }
        return;
      case "epochReported":
        return this.#foldEpoch(event, at);
      case "trialCompleted":
      case "trialFailed":
      case "trialCancelled":
        if (isTerminal(this.ledger.trial(event.trial).state.status)) {
          this.#times[event.trial] = { ...this.times(event.trial), endedAt: at };
        }
        return;
      case "sweepEnded":
        this.#endedAt = at;
        return;
      case "sweepReopened":
        this.#idleMs += at - (this.#endedAt ?? at);
        this.#endedAt = null;
        this.#reopenedAt = at;
        return;
      default:
        return;
    }
  }

  /** Before the ledger moves on: a report stands for all epochs since the one before it. */
  #countEpochs(event: Extract<SweepEvent, { type: "epochReported" }>): void {
    for (const { trial } of event.lanes) {
      const { state } = this.ledger.trial(trial);
      if (state.status !== "running") continue;
      const epochs = event.epoch - state.epoch;
      this.#epochsTrained += epochs;
      this.#laneSteps += epochs * this.#stepsPerEpoch(trial);
    }
  }

  #foldEpoch(event: Extract<SweepEvent, { type: "epochReported" }>, at: Instant): void {
    for (const lane of event.lanes) {
      if (lane.kind === "measured") {
        this.#curves[lane.trial]?.add({ epoch: event.epoch, metrics: lane.metrics });
      }
    }
    const { state } = this.ledger.pack(event.pack);
    if (state.status === "leased") this.#seeWorker(state.worker, { at, backend: null, leased: 0 });
  }

  #stepsPerEpoch(trial: TrialId): number {
    const { batchSize } = parseMlpHyperparameters(this.ledger.trial(trial).hyperparameters);
    return Math.ceil(this.ledger.dataset.trainExamples / batchSize);
  }

  #seeWorker(
    worker: WorkerId,
    seen: { readonly at: Instant; readonly backend: string | null; readonly leased: number },
  ): void {
    const known = this.#workers.get(worker);
    this.#workers.set(worker, {
      worker,
      backend: seen.backend ?? known?.backend ?? "unknown",
      packsLeased: (known?.packsLeased ?? 0) + seen.leased,
      lastSeenAt: seen.at,
    });
  }
}

/** Folds a journal from its start; null if it is empty. */
export async function readSweepView(
  entries: AsyncIterable<StoredEntry>,
): Promise<SweepView | null> {
  let view: SweepView | null = null;
  for await (const stored of entries) {
    if (view === null) view = new SweepView(stored);
    else view.apply(stored);
  }
  return view;
}
