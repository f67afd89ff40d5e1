/**
 * A training thread as its owner sees it: the owner keeps the network, the thread keeps the tensors.
 * A thread that throws is ended and made anew for the next job; the worker lives on.
 */
import { getLogger } from "@logtape/logtape";
import type { LogLevel } from "../core/domain/attempt_log.ts";
import type { TrialId } from "../core/domain/ids.ts";
import { type Epoch, type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { EpochRecord } from "../core/protocol/messages.ts";
import type { TensorMemory } from "../core/protocol/worker_load.ts";
import type { Timers } from "../core/protocol/ports.ts";
import { failureReason } from "./failure_reason.ts";
import type { SavedCheckpoint } from "./outbox.ts";
import {
  isModuleJob,
  type JobOutcome,
  type ModuleJob,
  type PackJob,
  type ThreadBackend,
  type ThreadMessage,
  type ThreadRequest,
  type ThreadSetup,
} from "./thread_messages.ts";
import { ModuleRun } from "./user_module/module_run.ts";

const logger = getLogger(["trawl", "worker", "thread"]);

/** How long an aborted job has to end before its thread is ended instead. */
const ABORT_GRACE_MS: Milliseconds = milliseconds(5_000);

/** Who is told what a job does, in order, until its outcome is settled. */
export interface JobListener {
  /** Any sign of life. */
  readonly moved: () => void;
  readonly epoch: (record: EpochRecord, laneSteps: number) => void;
  readonly checkpoint: (checkpoint: SavedCheckpoint) => void;
  /** Lanes that were asked for with `copyLanes`. */
  readonly copied: (lanes: SavedCheckpoint) => void;
  /** A line for the attempt's log. */
  readonly log: (level: LogLevel, text: string) => void;
}

/** A job under way. */
export interface TrainingJob {
  /** Never rejects: what training throws is an outcome. */
  readonly outcome: Promise<JobOutcome>;
  /** These lanes train no further; with `checkpoint`, the pack's state is saved before. */
  readonly stopLanes: (
    trials: readonly TrialId[],
    options: { readonly checkpoint: boolean },
  ) => void;
  /** Asks for checkpoints of these lanes by themselves, one for each part; they train on. */
  readonly copyLanes: (parts: readonly (readonly TrialId[])[]) => void;
  /** Says that the coordinator has answered for an epoch; `stopLanes` and the like came before. */
  readonly decided: (epoch: Epoch) => void;
  /** Asks it to save its state and end as `drained`. */
  readonly drain: () => void;
  /** Asks it to end as `aborted`; ends its thread if it does not. */
  readonly abort: () => void;
}

/** Trains one job at a time. */
export interface TrainingThread extends Disposable {
  /**
   * The backend, loaded and tested.
   * @throws {TrainingThreadError} If none works, or the thread could not start.
   */
  readonly ready: () => Promise<ThreadBackend>;
  /** @throws {TrainingThreadError} If it is training or disposed. */
  readonly train: (pack: PackJob, listener: JobListener) => TrainingJob;
  /** What its tensors occupied after the latest epoch; null while it trains nothing. */
  readonly tensors?: () => TensorMemory | null;
}

/** What a thread is made of. */
export interface TrainingThreadOptions {
  readonly setup: ThreadSetup;
  readonly timers: Timers;
  /** The module that the thread runs; Trawl's own unless told otherwise. */
  readonly module?: URL;
  readonly abortGraceMs?: Milliseconds;
}

/** Starts a thread; it loads its backend at once. */
export function openTrainingThread(options: TrainingThreadOptions): TrainingThread {
  return new DenoTrainingThread(options);
}

interface RunningJob {
  readonly id: number;
  readonly listener: JobListener;
  readonly end: (outcome: JobOutcome) => void;
  readonly over: AbortController;
}

interface RunningThread {
  readonly worker: Worker;
  readonly backend: PromiseWithResolvers<ThreadBackend>;
}

class DenoTrainingThread implements TrainingThread {
  readonly #options: TrainingThreadOptions;
  #thread: RunningThread | null;
  #job: RunningJob | null = null;
  #module: ModuleRun | null = null;
  #jobs = 0;
  #tensors: TensorMemory | null = null;
  #isDisposed = false;

  constructor(options: TrainingThreadOptions) {
    this.#options = options;
    this.#thread = this.#start();
  }

  readonly ready = (): Promise<ThreadBackend> => this.#running().backend.promise;

  readonly train = (pack: PackJob, listener: JobListener): TrainingJob => {
    if (this.#job !== null || this.#module !== null) {
      throw new TrainingThreadError("Cannot train two packs in one thread");
    }
    this.#running();
    if (isModuleJob(pack)) return this.#runModule(pack, listener);
    const { promise, resolve } = Promise.withResolvers<JobOutcome>();
    const over = new AbortController();
    const id = ++this.#jobs;
    const end = (outcome: JobOutcome): void => {
      if (this.#job?.id === id) this.#job = null;
      over.abort();
      resolve(outcome);
    };
    this.#job = { id, listener, end, over };
    this.#tensors = null;
    const transfer = pack.resume === null ? [] : [pack.resume.bytes.buffer];
    this.#post({ type: "train", job: id, pack }, transfer);
    return {
      outcome: promise,
      stopLanes: (trials, { checkpoint }) =>
        this.#tell({ type: "stopLanes", job: id, trials, checkpoint }),
      copyLanes: (parts) => this.#tell({ type: "copyLanes", job: id, parts }),
      decided: (epoch) => {
        // Others train on without waiting for answers.
        if (pack.waitAfter !== undefined) this.#tell({ type: "decided", job: id, epoch });
      },
      drain: () => this.#tell({ type: "drain", job: id }),
      abort: () => {
        this.#tell({ type: "abort", job: id });
        void this.#endAfterGrace(id, over.signal);
      },
    };
  };

  readonly tensors = (): TensorMemory | null => this.#job === null ? null : this.#tensors;

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#module?.abort();
    this.#end({ kind: "aborted" }, "Cannot use a training thread that was disposed");
  }

  /**
   * A module has a `Worker` of its own, beside the thread and not inside it: one that is started from
   * another one waits half a second for its first message, and for half a second to start.
   */
  #runModule(job: ModuleJob, { moved, epoch, checkpoint, log }: JobListener): TrainingJob {
    const { timers } = this.#options;
    const run = new ModuleRun(job, { timers, sink: { alive: moved, epoch, checkpoint, log } });
    this.#module = run;
    const outcome = run.run().finally(() => this.#module = null);
    return {
      outcome,
      stopLanes: (trials) => run.stopLanes(trials),
      // Its trial is alone in its pack: it has nowhere to go.
      copyLanes: () => {},
      decided: (answered) => run.decided(answered),
      drain: () => run.drain(),
      abort: () => run.abort(),
    };
  }

  #running(): RunningThread {
    if (this.#isDisposed) {
      throw new TrainingThreadError("Cannot use a training thread that was disposed");
    }
    this.#thread ??= this.#start();
    return this.#thread;
  }

  #start(): RunningThread {
    const module = this.#options.module ?? new URL("./training_thread_entry.ts", import.meta.url);
    const worker = new Worker(module, { type: "module", name: "training" });
    const backend = Promise.withResolvers<ThreadBackend>();
    // Nobody may be waiting for it when it fails: a job's outcome tells the same.
    backend.promise.catch(() => {});
    // What a thread that was ended had still on its way concerns nobody.
    const isCurrent = (): boolean => this.#thread?.worker === worker;
    worker.onmessage = (event: MessageEvent<ThreadMessage>) => {
      if (isCurrent()) this.#receive(event.data);
    };
    worker.onerror = (event) => {
      // Otherwise an error of the thread would end the process.
      event.preventDefault();
      if (isCurrent()) this.#crash(event.message);
    };
    worker.onmessageerror = () => {
      if (isCurrent()) this.#crash("Cannot read a message of the training thread");
    };
    const request: ThreadRequest = { type: "setUp", setup: this.#options.setup };
    worker.postMessage(request);
    return { worker, backend };
  }

  #post(request: ThreadRequest, transfer: Transferable[] = []): void {
    this.#thread?.worker.postMessage(request, transfer);
  }

  /** Tells the job something, unless it is over. */
  #tell(request: Extract<ThreadRequest, { readonly job: number }>): void {
    if (this.#job?.id === request.job) this.#post(request);
  }

  #receive(message: ThreadMessage): void {
    if (message.type === "ready") return this.#thread?.backend.resolve(message.backend);
    if (message.type === "unavailable") return this.#crash(message.message);
    const job = this.#job;
    if (job === null || message.job !== job.id) return;
    job.listener.moved();
    switch (message.type) {
      case "alive":
        return;
      case "epoch":
        this.#tensors = message.tensors ?? null;
        return job.listener.epoch(message.record, message.laneSteps);
      case "checkpoint":
        return job.listener.checkpoint(message);
      case "log":
        return job.listener.log(message.level, message.text);
      case "copied":
        return job.listener.copied(message);
      case "ended":
        job.end(message.outcome);
        return this.#renewAfter(message.outcome);
      default:
        message satisfies never;
    }
  }

  /** What threw may have left memory behind: its thread trains nothing more. */
  #renewAfter(outcome: JobOutcome): void {
    if (outcome.kind !== "failed" || outcome.reason.kind === "datasetUnavailable") return;
    this.#end(outcome, outcome.reason.message);
  }

  #crash(message: string): void {
    logger.error("The training thread ended: {message}", { message });
    this.#end({ kind: "failed", reason: failureReason(message) }, message);
  }

  /** Ends the thread with whatever runs in it; the next job gets a new one. */
  #end(outcome: JobOutcome, message: string): void {
    const thread = this.#thread;
    this.#thread = null;
    thread?.worker.terminate();
    thread?.backend.reject(new TrainingThreadError(message));
    this.#job?.end(outcome);
  }

  async #endAfterGrace(id: number, signal: AbortSignal): Promise<void> {
    const { timers, abortGraceMs = ABORT_GRACE_MS } = this.#options;
    try {
      await timers.sleep(abortGraceMs, { signal });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (this.#job?.id !== id) return;
    logger.warn("The training thread does not stop: ending it", { job: id });
    this.#end({ kind: "aborted" }, "The training thread did not stop");
  }
}

/** A training thread that cannot train. */
export class TrainingThreadError extends Error {
  override readonly name = "TrainingThreadError";
}
