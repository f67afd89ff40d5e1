/** The facts of a sweep, in the past tense: all its truth, in the order in which it was decided. */
import type { Hyperparameters } from "./hyperparameters.ts";
import type { Attempt, ConfigurationId, PackId, SweepId, TrialId, WorkerId } from "./ids.ts";
import type { ObjectiveValue } from "./objective.ts";
import type { ProposalNote } from "./observation.ts";
import type { Delivery } from "./pack.ts";
import type { SweepOutcome } from "./sweep.ts";
import type { RoundDecision } from "./race.ts";
import type { SweepSpec } from "./sweep_spec.ts";
import type { FailureReason } from "./trial.ts";
import type { Epoch, Instant, Milliseconds } from "./units.ts";

/** Metric values by name: finite numbers only. */
export type Metrics = Readonly<Record<string, number>>;

/** What one lane measured in one epoch. */
export type LaneReport =
  | { readonly trial: TrialId; readonly kind: "measured"; readonly metrics: Metrics }
  /** The loss became NaN or infinite; the lane is out of the pack from here on. */
  | { readonly trial: TrialId; readonly kind: "diverged" };

/** A trial as it is asked for. */
export interface NewTrial {
  readonly trial: TrialId;
  readonly configuration: ConfigurationId;
  /** The number of this trial among those of its configuration, from 0. */
  readonly replicate: number;
  readonly hyperparameters: Hyperparameters;
  /** Why it was proposed; absent: its place in a plan says so. */
  readonly proposal?: ProposalNote | undefined;
  /** The epoch at which it waits for the scheduler at first; absent: it trains to its end. */
  readonly target?: Epoch | undefined;
  /** Its bracket, where the scheduler has several. */
  readonly bracket?: number | undefined;
}

/** What a trial had reached at a rung. */
export interface RungValue {
  readonly epoch: Epoch;
  /** The objectives there, in their order, as reported; null: it was not finite. */
  readonly values: readonly (number | null)[];
}

/** Where a trial can go on from. */
export interface CheckpointRef {
  readonly epoch: Epoch;
  /** The name of the pack's checkpoint in the artifact store. */
  readonly artifact: string;
  /** Whose weights in there it goes on with; absent: its own. */
  readonly lane?: TrialId | undefined;
}

/** The data of a sweep, as its coordinator opened it. */
export interface DatasetSummary {
  readonly name: string;
  /** SHA-256 of the examples in use, in hex: workers refuse other data. */
  readonly digest: string;
  /** Numbers per example. */
  readonly features: number;
  readonly classes: readonly string[];
  readonly trainExamples: number;
  readonly validationExamples: number;
  readonly testExamples: number;
}

/** What software decided: shown with results, compared on resume. */
export interface Versions {
  readonly trawl: string;
  readonly deno: string;
}

/** One fact of a sweep. */
export type SweepEvent =
  | {
    readonly type: "sweepCreated";
    readonly sweep: SweepId;
    readonly spec: SweepSpec;
    readonly dataset: DatasetSummary;
    readonly versions: Versions;
  }
  /** A coordinator process took the sweep over, at its start or on resume. */
  | {
    readonly type: "coordinatorStarted";
    readonly coordinator: string;
    readonly versions: Versions;
  }
  | { readonly type: "trialsQueued"; readonly trials: readonly NewTrial[] }
  | { readonly type: "packsQueued"; readonly packs: readonly NewPack[] }
  | {
    readonly type: "packLeased";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly worker: WorkerId;
    readonly backend: string;
    readonly delivery: Delivery;
  }
  | {
    readonly type: "epochReported";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly epoch: Epoch;
    readonly lanes: readonly LaneReport[];
    /** Training and validation of this epoch, all lanes together. */
    readonly durationMs: Milliseconds;
  }
  | {
    readonly type: "checkpointStored";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly epoch: Epoch;
    readonly artifact: string;
    /** The lanes inside. */
    readonly trials: readonly TrialId[];
  }
  | {
    readonly type: "trialCompleted";
    readonly trial: TrialId;
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly epoch: Epoch;
    readonly objective: ObjectiveValue;
    /** The last epoch's metrics and those of the test set. */
    readonly metrics: Metrics;
    /** Names in the artifact store; null where there is none. */
    readonly result: string | null;
    readonly model: string | null;
  }
  | { readonly type: "trialFailed"; readonly trial: TrialId; readonly reason: FailureReason }
  | {
    readonly type: "trialCancelled";
    readonly trial: TrialId;
    /** Who wanted this trial stopped; absent: the whole sweep is. */
    readonly by?: string | undefined;
  }
  /** A trial that trains on passed a rung of the scheduler. */
  | { readonly type: "rungReached"; readonly trial: TrialId } & RungValue
  /** It reached its target, and waits in a checkpoint for the scheduler: it has left its pack. */
  | {
    readonly type: "trialPaused";
    readonly trial: TrialId;
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly metrics: Metrics;
    readonly artifact: string;
  } & RungValue
  /** A paused trial is queued again, to train until `target`; null: to its end. */
  | { readonly type: "trialPromoted"; readonly trial: TrialId; readonly target: Epoch | null }
  /** The scheduler has given the trial up. */
  | {
    readonly type: "trialPruned";
    readonly trial: TrialId;
    readonly epoch: Epoch;
    /** The rung that it failed at, from 0. */
    readonly rung: number;
    /** For people: its value, the others', and the rule. */
    readonly message: string;
  }
  /** A paused trial takes over another one's weights, and goes on with other hyperparameters. */
  | {
    readonly type: "trialExploited";
    readonly trial: TrialId;
    readonly donor: TrialId;
    readonly checkpoint: CheckpointRef;
    readonly hyperparameters: Hyperparameters;
    readonly message: string;
  }
  /** A failed trial is queued again: its lost and failed attempts are counted anew. */
  | { readonly type: "trialRetried"; readonly trial: TrialId; readonly by: string }
  /** An attempt ended without a result; the pack is queued again. */
  | {
    readonly type: "packReleased";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly cause: ReleaseCause;
  }
  /** A pack did not fit on its device: its attempt is over, and its trials go on in smaller packs. */
  | {
    readonly type: "packSplit";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly message: string;
    readonly into: readonly NewPack[];
  }
  /**
   * Lanes left their pack with a checkpoint of their own, so that idle slots take them over: they
   * are queued in new packs, and the rest of the pack goes on where it is.
   */
  | {
    readonly type: "lanesDetached";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly epoch: Epoch;
    readonly artifact: string;
    readonly trials: readonly TrialId[];
    readonly into: readonly NewPack[];
  }
  /** Somebody whose lease is over sent something: refused, and recorded as such. */
  | {
    readonly type: "lateMessageRejected";
    readonly pack: PackId;
    readonly attempt: Attempt;
    readonly worker: WorkerId;
    readonly message: string;
  }
  /** A worker fails attempt after attempt while others get on: it gets no more packs. */
  | { readonly type: "workerQuarantined"; readonly worker: WorkerId; readonly message: string }
  /** Somebody wants the worker to give its packs back and to end: it gets none from here on. */
  | { readonly type: "drainAsked"; readonly worker: WorkerId; readonly by: string }
  /** A round of a race is complete: who is told to be worse, and who gets how many replicates. */
  | { readonly type: "roundDecided"; readonly message: string } & RoundDecision
  | { readonly type: "sweepPaused"; readonly by: string }
  | { readonly type: "sweepResumed"; readonly by: string }
  | { readonly type: "sweepEnded"; readonly outcome: SweepOutcome; readonly by: string }
  /** A sweep that was completed or failed goes on, with what somebody asked for after its end. */
  | { readonly type: "sweepReopened"; readonly by: string }
  /** The sweep asks for more from here on: `spec` takes the place of the one before. */
  | { readonly type: "sweepExtended"; readonly spec: SweepSpec; readonly by: string };

/** A pack as it is formed. */
export interface NewPack {
  readonly pack: PackId;
  readonly trials: readonly TrialId[];
}

/** Why an attempt ended without a result. */
export type ReleaseCause =
  /** The holder was not heard of for a whole lease. */
  | { readonly kind: "leaseExpired" }
  /** The holder gave the pack back: it drains, or cannot train it. */
  | { readonly kind: "returned"; readonly message: string }
  /** The holder's training threw. */
  | { readonly kind: "failed"; readonly reason: FailureReason };

/** The name of an event. */
export type SweepEventType = SweepEvent["type"];

/** Facts that were decided together: one message of the journal. */
export interface JournalEntry {
  readonly v: 1;
  /** When the coordinator decided, on its clock. */
  readonly at: Instant;
  readonly events: readonly SweepEvent[];
}
