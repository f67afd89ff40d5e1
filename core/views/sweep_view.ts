/** A sweep as readers see it: the ledger, the learning curves and the times, folded from its journal. */
import type { SweepId, TrialId, WorkerId } from "../domain/ids.ts";
import { parseMlpHyperparameters } from "../domain/mlp_parameters.ts";
import type { SweepEvent } from "../domain/sweep_event.ts";
import { SweepLedger } from "../domain/sweep_ledger.ts";
import { beginTimes, foldTimes, type SweepTimes } from "../domain/sweep_times.ts";
import { isTerminal } from "../domain/trial.ts";
import type { Instant } from "../domain/units.ts";
import type { StoredEntry } from "../protocol/ports.ts";
import { type Curve, Curves } from "./curve.ts";

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
  readonly #curves = new Curves();
  readonly #times: TrialTimes[] = [];
  readonly #workers = new Map<WorkerId, WorkerShare>();
  #sequence: number;
  #sweepTimes: SweepTimes;
  /** When a coordinator began after a time without one, and how long that was. */
  readonly #gaps: { readonly until: Instant; readonly durationMs: number }[] = [];
  #reopenedAt: Instant | null = null;
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
    this.#sweepTimes = beginTimes(first.entry);
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
    const { idleMs } = this.#sweepTimes;
    this.#sweepTimes = foldTimes(this.#sweepTimes, stored.entry);
    const durationMs = this.#sweepTimes.idleMs - idleMs;
    if (durationMs > 0) this.#gaps.push({ until: this.updatedAt, durationMs });
    for (const event of stored.entry.events) this.#fold(event, this.updatedAt);
    this.#sequence = stored.sequence;
  }

  get id(): SweepId {
    return this.ledger.id;
  }
  /** The journal sequence of the last entry folded. */
  get sequence(): number {
    return this.#sequence;
  }
  /** When it began, ended and was last heard of, and for how long nobody worked on it. */
  get sweepTimes(): SweepTimes {
    return this.#sweepTimes;
  }
  get createdAt(): Instant {
    return this.#sweepTimes.createdAt;
  }
  get updatedAt(): Instant {
    return this.#sweepTimes.updatedAt;
  }
  /** When the sweep ended, or null. */
  get endedAt(): Instant | null {
    return this.#sweepTimes.endedAt;
  }
  /** When the sweep was last reopened, or null. */
  get reopenedAt(): Instant | null {
    return this.#reopenedAt;
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

  /** How long nobody worked on the sweep since an instant; a gap counts by its end. */
  idleSince(instant: Instant): number {
    return this.#gaps.reduce(
      (sum, { until, durationMs }) => until > instant ? sum + durationMs : sum,
      0,
    );
  }

  /** A trial's curves; empty before its first report. */
  curve(trial: TrialId): Curve {
    return this.#curves.of(trial);
  }

  /** When things happened to a trial. @throws {RangeError} If there is no such trial. */
  times(trial: TrialId): TrialTimes {
    const times = this.#times[trial];
    if (times === undefined) throw new RangeError(`Cannot find trial ${trial} of "${this.id}"`);
    return times;
  }

  /** Optimizer steps of an epoch; null for modules of the user: what a step is only they know. */
  stepsPerEpoch(trial: TrialId): number | null {
    if (this.ledger.spec.task.dataset === "module") return null;
    const { batchSize } = parseMlpHyperparameters(this.ledger.trial(trial).hyperparameters);
    return Math.ceil(this.ledger.dataset.trainExamples / batchSize);
  }

  #fold(event: SweepEvent, at: Instant): void {
    if (event.type === "epochReported") this.#countEpochs(event);
    this.ledger.apply(event);
    switch (event.type) {
      case "trialsQueued":
        for (const { trial } of event.trials) {
          this.#times[trial] = { queuedAt: at, startedAt: null, endedAt: null };
        }
        return;
      case "packLeased":
        this.#seeWorker(event.worker, { at, backend: event.backend, leased: 1 });
        for (const trial of this.ledger.liveTrials(event.pack)) {
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
      case "trialRetried":
        this.#times[event.trial] = { ...this.times(event.trial), endedAt: null };
        return;
      case "sweepReopened":
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
      this.#laneSteps += epochs * (this.stepsPerEpoch(trial) ?? 0);
    }
  }

  #foldEpoch(event: Extract<SweepEvent, { type: "epochReported" }>, at: Instant): void {
    for (const lane of event.lanes) {
      const { epoch } = event;
      if (lane.kind === "measured") {
        this.#curves.add(lane.trial, { epoch, metrics: lane.metrics, at });
      } else {
        this.#curves.addDiverged(lane.trial, { epoch, at });
      }
    }
    const { state } = this.ledger.pack(event.pack);
    if (state.status === "leased") this.#seeWorker(state.worker, { at, backend: null, leased: 0 });
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
