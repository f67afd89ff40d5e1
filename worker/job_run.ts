/** One job inside a training thread: epochs, checkpoints and results out, requests obeyed between epochs. */
import { getLogger } from "@logtape/logtape";
import type { LogLevel } from "../core/domain/attempt_log.ts";
import type { TrialId } from "../core/domain/ids.ts";
import type { LaneReport, Metrics } from "../core/domain/sweep_event.ts";
import type { FailureReason } from "../core/domain/trial.ts";
import type { Clock, Epoch, Instant, Milliseconds } from "../core/domain/units.ts";
import type { EpochRecord, LaneOutcome } from "../core/protocol/messages.ts";
import type { Dataset } from "./datasets/dataset.ts";
import type { Backend } from "./engine/backend.ts";
import { stackText } from "./attempt_log_lines.ts";
import { datasetFailure, failureReason } from "./failure_reason.ts";
import { onAbort } from "./on_abort.ts";
import type { SavedCheckpoint } from "./outbox.ts";
import { packSpecOf } from "./pack_spec.ts";
import type { DataJob, JobOutcome } from "./thread_messages.ts";
import { encodeCheckpoint } from "./training/checkpoint.ts";
import type { LaneFinal, PackEpoch, PackSpec } from "./training/pack.ts";
import { PackTrainer } from "./training/pack_trainer.ts";
import { makeTrialFiles, type TrialFiles, type TrialFilesOptions } from "./trial_files.ts";

const logger = getLogger(["trawl", "worker", "job"]);

/** How often a sign of life is given while an epoch lasts. */
const ALIVE_EVERY_MS = 1_000;
/** An epoch that takes longer than this to end is given up when a drain waits for it. */
const DRAIN_PATIENCE_MS = 5_000;

/** Where a job's news go, in order. */
export interface JobSink {
  readonly alive: () => void;
  readonly epoch: (record: EpochRecord, laneSteps: number) => void;
  readonly checkpoint: (checkpoint: SavedCheckpoint) => void;
  readonly copied: (lanes: SavedCheckpoint) => void;
  /** A line for the attempt's log. */
  readonly log: (level: LogLevel, text: string) => void;
}

/** What a job runs with. */
export interface JobRunOptions {
  readonly backend: () => Promise<Backend>;
  /** Opens the job's data, telling signs of life. */
  readonly openDataset: (
    job: DataJob,
    options: { readonly signal: AbortSignal; readonly alive: () => void },
  ) => Promise<Dataset>;
  readonly clock: Clock;
  readonly checkpointEveryMs: Milliseconds;
  readonly sink: JobSink;
}

type Opened =
  | { readonly isOpen: true; readonly dataset: Dataset }
  | { readonly isOpen: false; readonly reason: FailureReason };

/** Runs once. The requests may come at any time and are harmless when it is too late for them. */
export class JobRun {
  readonly #job: DataJob;
  readonly #options: JobRunOptions;
  readonly #abort = new AbortController();
  readonly #stops = new Set<TrialId>();
  readonly #ends = new Map<TrialId, LaneOutcome>();
  readonly #metrics = new Map<TrialId, Metrics>();
  #files: readonly TrialFiles[] = [];
  #copies: readonly (readonly TrialId[])[] = [];
  #wantsCheckpoint = false;
  /** Reports up to this epoch were answered. */
  #answeredEpoch = 0;
  #goOn: () => void = () => {};
  #drainSince: Instant | null = null;
  #aliveAt: Instant;
  #savedAt: Instant;
  #savedEpoch: Epoch | null;

  constructor(job: DataJob, options: JobRunOptions) {
    this.#job = job;
    this.#options = options;
    this.#aliveAt = options.clock();
    this.#savedAt = this.#aliveAt;
    this.#savedEpoch = job.resume?.epoch ?? null;
  }

  /** These lanes train no further from the next epoch on. */
  stopLanes(trials: readonly TrialId[], options: { readonly checkpoint: boolean }): void {
    for (const trial of trials) this.#stops.add(trial);
    this.#wantsCheckpoint ||= options.checkpoint;
  }

  /** Saves these lanes by themselves after the present epoch, each part apart; they train on. */
  copyLanes(parts: readonly (readonly TrialId[])[]): void {
    this.#copies = [...this.#copies, ...parts];
  }

  /** The reports up to this epoch were answered, and what follows from that was said. */
  decided(epoch: Epoch): void {
    this.#answeredEpoch = Math.max(this.#answeredEpoch, epoch);
    this.#goOn();
  }

  /** Ends after the present epoch with a checkpoint; without one if that epoch takes too long. */
  drain(): void {
    this.#drainSince ??= this.#options.clock();
    this.#goOn();
  }

  /** Ends at the next minibatch. */
  abort(): void {
    this.#abort.abort(new Error("Cannot go on training: the job was given up"));
  }

  /** Never rejects. */
  async run(): Promise<JobOutcome> {
    const { signal } = this.#abort;
    try {
      const backend = await this.#options.backend();
      const opened = await this.#openDataset();
      signal.throwIfAborted();
      if (!opened.isOpen) return { kind: "failed", reason: opened.reason };
      const { dataset } = opened;
      const { name, train, validation, test } = dataset;
      this.#options.sink.log(
        "info",
        `data of ${name} loaded: ${train.count} training, ${validation.count} validation and ` +
          `${test.count} test examples; computes on ${backend.name}`,
      );
      const spec = packSpecOf(this.#job);
      using trainer = await PackTrainer.open(spec, {
        dataset,
        backend,
        clock: this.#tick,
        signal,
      });
      this.#savedAt = this.#options.clock();
      return await this.#train(trainer, spec, dataset);
    } catch (error) {
      if (error instanceof DrainOverdue) return { kind: "drained" };
      if (signal.aborted) return { kind: "aborted" };
      if (error instanceof Error) {
        this.#options.sink.log("error", stackText(error.stack ?? error.message));
      }
      return { kind: "failed", reason: failureReason(error) };
    }
  }

  /** The data, or why they cannot be had. @throws {unknown} If the job was given up meanwhile. */
  async #openDataset(): Promise<Opened> {
    const { signal } = this.#abort;
    try {
      const dataset = await this.#options.openDataset(this.#job, { signal, alive: this.#alive });
      return { isOpen: true, dataset };
    } catch (error) {
      signal.throwIfAborted();
      return { isOpen: false, reason: datasetFailure(error) };
    }
  }

  async #train(trainer: PackTrainer, spec: PackSpec, dataset: Dataset): Promise<JobOutcome> {
    const { epochs, activation } = spec;
    const last = Math.min(this.#job.until ?? epochs, epochs);
    while (trainer.epoch < last && trainer.liveTrials.length > 0) {
      if (this.#drainSince !== null) {
        await this.#save(trainer);
        return { kind: "drained" };
      }
      this.#take(await trainer.trainEpoch());
      if (trainer.epoch < last) await this.#waitForAnswer(trainer.epoch);
      const isDue = this.#options.clock() - this.#savedAt >= this.#options.checkpointEveryMs;
      // The state after the last epoch is of no use: it comes with the results, or is theirs.
      if (this.#wantsCheckpoint || (isDue && trainer.epoch < last)) await this.#save(trainer);
      for (const trial of this.#stops) trainer.stopLane(trial);
      this.#stops.clear();
      if (trainer.epoch < last) await this.#copy(trainer);
    }
    if (last < epochs) return await this.#pause(trainer);
    const finals = await this.#score(trainer);
    await this.#describe(trainer, { dataset, activation, finals });
    return { kind: "trained", lanes: [...this.#ends.values()], files: this.#files };
  }

  /** What is decided on this epoch shall take effect after it, and not an epoch later. */
  async #waitForAnswer(epoch: Epoch): Promise<void> {
    const { signal } = this.#abort;
    if (!(this.#job.waitAfter ?? []).includes(epoch)) return;
    if (this.#answeredEpoch >= epoch || this.#drainSince !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#goOn = resolve;
    using _abort = onAbort(signal, resolve);
    await promise;
    signal.throwIfAborted();
  }

  /** The lanes that live go on another day: their test scores are for their end. */
  async #pause(trainer: PackTrainer): Promise<JobOutcome> {
    const lanes = [...this.#ends.values()];
    const { epoch, liveTrials } = trainer;
    if (liveTrials.length === 0) return { kind: "trained", lanes };
    const bytes = encodeCheckpoint(await trainer.checkpoint());
    const paused = liveTrials.map((trial) => ({ trial, metrics: this.#metrics.get(trial) ?? {} }));
    return { kind: "trained", lanes, paused: { epoch, lanes: paused, bytes } };
  }

  #take({ epoch, lanes, laneSteps, duration }: PackEpoch): void {
    const reports = lanes.map(({ trial, outcome }): LaneReport => {
      if (outcome.kind === "diverged") {
        this.#ends.set(trial, { trial, kind: "diverged", epoch });
        return { trial, kind: "diverged" };
      }
      const metrics: Metrics = { ...outcome.metrics };
      this.#metrics.set(trial, metrics);
      return { trial, kind: "measured", metrics };
    });
    this.#options.sink.epoch({ epoch, durationMs: duration, lanes: reports }, laneSteps);
  }

  async #save(trainer: PackTrainer): Promise<void> {
    this.#wantsCheckpoint = false;
    this.#savedAt = this.#options.clock();
    const { epoch, liveTrials } = trainer;
    if (epoch === 0 || epoch === this.#savedEpoch || liveTrials.length === 0) return;
    this.#savedEpoch = epoch;
    const bytes = encodeCheckpoint(await trainer.checkpoint());
    this.#options.sink.checkpoint({ epoch, trials: liveTrials, bytes });
  }

  async #copy(trainer: PackTrainer): Promise<void> {
    const parts = this.#copies;
    if (parts.length === 0) return;
    this.#copies = [];
    const { epoch } = trainer;
    const lanes = await trainer.checkpoint();
    for (const part of parts) {
      const copied = lanes.filter(({ trial }) => part.includes(trial));
      if (copied.length === 0) continue;
      const trials = copied.map(({ trial }) => trial);
      this.#options.sink.copied({ epoch, trials, bytes: encodeCheckpoint(copied) });
    }
  }

  /** Scores what lives on the test set: the one time that it is looked at. */
  async #score(trainer: PackTrainer): Promise<readonly LaneFinal[]> {
    if (trainer.liveTrials.length === 0) return [];
    const { epoch } = trainer;
    const finals = await trainer.finalMetrics();
    for (const final of finals) {
      const { trial } = final;
      const outcome: LaneOutcome = final.kind === "diverged"
        ? { trial, kind: "diverged", epoch }
        : {
          trial,
          kind: "trained",
          epoch,
          metrics: { ...this.#metrics.get(trial), ...final.metrics },
          result: null,
          model: null,
        };
      this.#ends.set(trial, outcome);
    }
    return finals;
  }

  /** Makes the lanes' files. What goes wrong there costs the files alone, unless the job is over. */
  async #describe(
    trainer: PackTrainer,
    options: Omit<TrialFilesOptions, "sweep">,
  ): Promise<void> {
    try {
      this.#files = await makeTrialFiles(trainer, { ...options, sweep: this.#job.sweep });
    } catch (error) {
      this.#abort.signal.throwIfAborted();
      logger.warn("Cannot tell what trials have learned: {error}", { error });
      this.#options.sink.log("warn", `Cannot tell what the trials have learned: ${error}`);
    }
  }

  readonly #alive = (): void => {
    this.#aliveAt = this.#options.clock();
    this.#options.sink.alive();
  };

  /** The trainer's clock: it is read at every minibatch, so reading it is what shows life. */
  readonly #tick = (): Instant => {
    const now = this.#options.clock();
    if (now - this.#aliveAt >= ALIVE_EVERY_MS) this.#alive();
    if (this.#drainSince !== null && now - this.#drainSince >= DRAIN_PATIENCE_MS) {
      this.#abort.abort(new DrainOverdue());
    }
    return now;
  };
}

/** A drain has waited long enough for the end of an epoch. */
class DrainOverdue extends Error {
  override readonly name = "DrainOverdue";
}
