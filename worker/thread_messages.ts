/** What crosses between a slot and its training thread; both are of one version, in one process. */
import type { LogLevel } from "../core/domain/attempt_log.ts";
import type { Hyperparameters } from "../core/domain/hyperparameters.ts";
import type { SweepId, TrialId } from "../core/domain/ids.ts";
import type { Metrics } from "../core/domain/sweep_event.ts";
import type { DataTask, TaskSpec } from "../core/domain/sweep_spec.ts";
import type { FailureReason } from "../core/domain/trial.ts";
import type { Epoch, Milliseconds } from "../core/domain/units.ts";
import type { EpochRecord, LaneOutcome } from "../core/protocol/messages.ts";
import type { RefusedBackend } from "../core/protocol/presence.ts";
import type { TensorMemory } from "../core/protocol/worker_load.ts";
import type { BackendRequest } from "./engine/choose_backend.ts";
import type { TriedBackends } from "./engine/tried_backends.ts";
import type { TrialFiles } from "./trial_files.ts";

/** What a thread is told once, before all else. */
export interface ThreadSetup {
  readonly backend: BackendRequest;
  /** The home directory: downloaded datasets are kept there. */
  readonly home: string;
  /** The folder that the user named for datasets. */
  readonly dataDir: string | null;
  /** The folder of installed native addons; without it backends that need one are refused. */
  readonly addonsDir?: string;
  /** Backends that were tried out before this process started; absent: the thread tries. */
  readonly tried?: TriedBackends | undefined;
  /** How much training may lie between two checkpoints. */
  readonly checkpointEveryMs: Milliseconds;
}

/** The backend that a thread has loaded and tested. */
export interface ThreadBackend {
  readonly name: string;
  /** Why this one. */
  readonly reason: string;
  readonly refused: readonly RefusedBackend[];
}

/** One lane of a pack. */
export interface JobLane {
  readonly trial: TrialId;
  readonly replicate: number;
  readonly hyperparameters: Hyperparameters;
}

/** A pack's state to go on from. */
export interface ResumePoint {
  readonly epoch: Epoch;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface AnyJob {
  /** Models tell where they are from. */
  readonly sweep: SweepId;
  readonly seed: number;
  readonly lanes: readonly JobLane[];
  /** Null: from the first epoch. */
  readonly resume: ResumePoint | null;
  /** The lanes stop here to wait in a checkpoint; absent, or beyond their last epoch: at their end. */
  readonly until?: Epoch | undefined;
  /** After these epochs training waits until its report was answered. */
  readonly waitAfter?: readonly Epoch[] | undefined;
}

/** Lanes that stopped where they were asked to, in one file. */
export interface PausedLanes {
  readonly epoch: Epoch;
  readonly lanes: readonly { readonly trial: TrialId; readonly metrics: Metrics }[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One attempt of a pack of networks. */
export interface DataJob extends AnyJob {
  readonly task: DataTask;
  /** SHA-256 that the data must have. */
  readonly datasetDigest: string;
}

/** One attempt of a trial whose trainer is a module of the user. */
export interface ModuleJob extends AnyJob {
  readonly task: ModuleTaskSpec;
  /** The module, bundled; its digest has been checked. */
  readonly text: string;
  /** The objective's name; null where the coordinator does not say it. */
  readonly metric: string | null;
  /** The names of all objectives, where there are several. */
  readonly objectives?: readonly string[] | undefined;
}

/** One attempt of a pack, as a slot has it trained. */
export type PackJob = DataJob | ModuleJob;

type ModuleTaskSpec = Extract<TaskSpec, { readonly dataset: "module" }>;

/** Whether a module of the user trains. */
export function isModuleJob(job: PackJob): job is ModuleJob {
  return job.task.dataset === "module";
}

/** How a job ended. */
export type JobOutcome =
  /**
   * Every lane ended or was stopped; stopped lanes have no outcome. The lanes' files are still to be
   * stored, so outcomes name none.
   */
  | {
    readonly kind: "trained";
    readonly lanes: readonly LaneOutcome[];
    readonly files?: readonly TrialFiles[];
    /** Lanes that go on another day; their file is still to be stored. */
    readonly paused?: PausedLanes;
  }
  /** Stopped where it was, on request; its checkpoint came before. */
  | { readonly kind: "drained" }
  /** Given up, on request. */
  | { readonly kind: "aborted" }
  | { readonly kind: "failed"; readonly reason: FailureReason };

/** To the thread. `job` counts the jobs of a thread: what names an old one is ignored. */
export type ThreadRequest =
  | { readonly type: "setUp"; readonly setup: ThreadSetup }
  | { readonly type: "train"; readonly job: number; readonly pack: DataJob }
  /** These lanes train no further; with `checkpoint`, the pack's state is saved before. */
  | {
    readonly type: "stopLanes";
    readonly job: number;
    readonly trials: readonly TrialId[];
    readonly checkpoint: boolean;
  }
  /** Save these lanes by themselves, each part apart, after the present epoch; they train on. */
  | {
    readonly type: "copyLanes";
    readonly job: number;
    readonly parts: readonly (readonly TrialId[])[];
  }
  /** The report of this epoch, and all before it, were answered: what waits for that may go on. */
  | { readonly type: "decided"; readonly job: number; readonly epoch: Epoch }
  /** Save and stop. */
  | { readonly type: "drain"; readonly job: number }
  /** Stop, save nothing. */
  | { readonly type: "abort"; readonly job: number };

/** From the thread. */
export type ThreadMessage =
  | { readonly type: "ready"; readonly backend: ThreadBackend }
  /** No backend works: the thread is of no use. */
  | { readonly type: "unavailable"; readonly message: string }
  /** A sign of life while nothing else is to say: data are read, minibatches go by. */
  | { readonly type: "alive"; readonly job: number }
  | { readonly type: "log"; readonly job: number; readonly level: LogLevel; readonly text: string }
  | {
    readonly type: "epoch";
    readonly job: number;
    readonly record: EpochRecord;
    /** Optimizer steps of this epoch, summed over the lanes. */
    readonly laneSteps: number;
    readonly tensors?: TensorMemory | undefined;
  }
  | {
    readonly type: "checkpoint";
    readonly job: number;
    readonly epoch: Epoch;
    readonly trials: readonly TrialId[];
    readonly bytes: Uint8Array<ArrayBuffer>;
  }
  /** Lanes that were asked for with `copyLanes`, in the state after an epoch. */
  | {
    readonly type: "copied";
    readonly job: number;
    readonly epoch: Epoch;
    readonly trials: readonly TrialId[];
    readonly bytes: Uint8Array<ArrayBuffer>;
  }
  | { readonly type: "ended"; readonly job: number; readonly outcome: JobOutcome };
