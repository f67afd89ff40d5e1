/**
 * What crosses the wire between coordinator and workers, and the rule that keeps it true:
 *
 * The coordinator is the only writer of a sweep's journal. A worker may act on a pack only while it
 * holds the lease of the pack's current attempt; every message from it names that attempt, and the
 * coordinator answers a stale one with `fenced`.
 *
 * Requests are idempotent: a claim by (pack, delivery, worker), a report by (pack, attempt, epoch),
 * a detach by (pack, attempt, trials), the rest by (pack, attempt). A lost reply is answered by asking again.
 */
import type { Hyperparameters } from "../domain/hyperparameters.ts";
import type { Attempt, PackId, SweepId, TrialId, WorkerId } from "../domain/ids.ts";
import type { Delivery } from "../domain/pack.ts";
import type { CheckpointRef, LaneReport, Metrics } from "../domain/sweep_event.ts";
import type { SweepSpec, TaskSpec } from "../domain/sweep_spec.ts";
import type { FailureReason } from "../domain/trial.ts";
import type { Epoch, Milliseconds } from "../domain/units.ts";

/** The body of a lease message: everything else comes with the answer to `claim`. */
export interface PackLease {
  readonly v: 1;
  readonly sweep: SweepId;
  readonly pack: PackId;
}

/** One attempt of one pack: the fencing token travels with every message of its holder. */
export interface AttemptRef {
  readonly v: 1;
  readonly sweep: SweepId;
  readonly pack: PackId;
  readonly attempt: Attempt;
  readonly worker: WorkerId;
}

/** One epoch of a pack, as its worker measured it. */
export interface EpochRecord {
  readonly epoch: Epoch;
  readonly durationMs: Milliseconds;
  readonly lanes: readonly LaneReport[];
}

/** How a lane ended. */
export type LaneOutcome =
  /** All epochs are done; `metrics` holds the last epoch's and the test set's. */
  | {
    readonly trial: TrialId;
    readonly kind: "trained";
    readonly epoch: Epoch;
    readonly metrics: Metrics;
    /** Names in the artifact store; null where there is none. */
    readonly result: string | null;
    readonly model: string | null;
  }
  | { readonly trial: TrialId; readonly kind: "diverged"; readonly epoch: Epoch }
  /** It reached the epoch that it was granted until: its weights are in the artifact store. */
  | {
    readonly trial: TrialId;
    readonly kind: "paused";
    readonly epoch: Epoch;
    readonly metrics: Metrics;
    readonly artifact: string;
  };

/** Every request to a coordinator, by verb. */
export interface ApiRequests {
  /** Asks for the next attempt of a pack that a lease message named. */
  readonly claim: {
    readonly v: 1;
    readonly sweep: SweepId;
    readonly pack: PackId;
    readonly worker: WorkerId;
    readonly backend: string;
    readonly delivery: Delivery;
  };
  /** Says that the holder lives. */
  readonly renew: AttemptRef;
  /** One or more finished epochs, oldest first. */
  readonly report: AttemptRef & { readonly epochs: readonly EpochRecord[] };
  /** A checkpoint is in the artifact store. */
  readonly checkpointed: AttemptRef & {
    readonly epoch: Epoch;
    readonly artifact: string;
    readonly trials: readonly TrialId[];
  };
  /**
   * These lanes, of one part of a `detach` decision, are in a checkpoint of their own: they leave
   * the pack once this is accepted.
   */
  readonly detached: AttemptRef & {
    readonly epoch: Epoch;
    readonly artifact: string;
    readonly trials: readonly TrialId[];
  };
  /** Every lane ended. */
  readonly finished: AttemptRef & { readonly lanes: readonly LaneOutcome[] };
  /** Training threw: the attempt is over without a result. */
  readonly failed: AttemptRef & { readonly reason: FailureReason };
  /** The holder drains and gives the pack back. */
  readonly returned: AttemptRef & { readonly message: string };
  /** Asks whether anybody coordinates the sweep. */
  readonly ping: { readonly v: 1; readonly sweep: SweepId };
  /** Somebody wants trials to end where they are. */
  readonly stopTrials: {
    readonly v: 1;
    readonly sweep: SweepId;
    readonly trials: readonly TrialId[];
    /** Who asks, for the journal: `cli`, `dashboard`, … */
    readonly by: string;
  };
  /** Somebody wants a worker to give its packs back and to end. */
  readonly drain: {
    readonly v: 1;
    readonly sweep: SweepId;
    readonly worker: WorkerId;
    readonly by: string;
  };
  /** Somebody wants failed trials to be trained again. */
  readonly retry: {
    readonly v: 1;
    readonly sweep: SweepId;
    /** Which; null: all that have failed. */
    readonly trials: readonly TrialId[] | null;
    /** Who asks, for the journal: `cli`, `dashboard`, … */
    readonly by: string;
  };
  /** Somebody asks for a change of the sweep. */
  readonly control: {
    readonly v: 1;
    readonly sweep: SweepId;
    readonly action: ControlAction;
    /** Who asks, for the journal: `cli`, `dashboard`, … */
    readonly by: string;
  };
  /** Somebody asks for more of the sweep: more values, replicates or trials. */
  readonly extend: {
    readonly v: 1;
    readonly sweep: SweepId;
    /** The whole specification as it shall be. */
    readonly spec: SweepSpec;
    readonly by: string;
  };
  /** Somebody has a configuration in mind that shall be tried. */
  readonly enqueue: {
    readonly v: 1;
    readonly sweep: SweepId;
    /** What is given of it; the rest takes its fixed value or default. */
    readonly hyperparameters: Hyperparameters;
    readonly by: string;
  };
}

/** What can be asked of a sweep. */
export type ControlAction = "pause" | "resume" | "stop";

/** What the coordinator wants of a lane. */
export type LaneDecision =
  | { readonly trial: TrialId; readonly decision: "continue" | "pause" | "stop" }
  /**
   * An idle slot would end it sooner. Lanes of one part go together, in one `detached`; until that
   * is accepted the lane is trained as before.
   */
  | { readonly trial: TrialId; readonly decision: "detach"; readonly part: number };

/** A lane as it is granted. */
export interface GrantedLane {
  readonly trial: TrialId;
  readonly replicate: number;
  readonly hyperparameters: Hyperparameters;
  readonly checkpoint: CheckpointRef | null;
  /** It has taken over another one's weights, so its checkpoint cannot be made again; absent: no. */
  readonly isExploited?: boolean | undefined;
}

/** Answers that carry nothing but their kind. */
export interface Accepted {
  readonly type: "accepted";
}
/** As accepted; and whether somebody wants the worker to give its packs back and to end. */
export interface Renewed extends Accepted {
  readonly drain?: boolean | undefined;
}
/** It is somebody else's, or over: stop, and neither ack nor nak its lease. */
export interface Fenced {
  readonly type: "fenced";
}

/** It makes no sense now, for the reason given. */
export interface Refused {
  readonly type: "refused";
  readonly message: string;
}

/** What each request is answered with; both ends derive their types from this map. */
export interface ApiReplies {
  readonly claim:
    | {
      readonly type: "granted";
      readonly attempt: Attempt;
      /** The sweep's seed: the root of data order and initial weights. */
      readonly seed: number;
      readonly task: TaskSpec;
      /** The objective's name; absent where Trawl's own trainer knows its metrics. */
      readonly metric?: string | undefined;
      /** Where a module has several objectives: the names of all. */
      readonly objectives?: readonly string[] | undefined;
      readonly datasetDigest: string;
      /** How long a holder may be silent. */
      readonly leaseMs: Milliseconds;
      readonly lanes: readonly GrantedLane[];
      /** All lanes train until this epoch, and are paused there; absent: to their end. */
      readonly until?: Epoch | undefined;
      /** After these epochs training waits for the answer to their report; absent: after none. */
      readonly waitAfter?: readonly Epoch[] | undefined;
    }
    /** Nothing is left to train: ack the lease. */
    | { readonly type: "alreadyOver" }
    /** Another holder has it, or the sweep is paused: nak the lease with this delay. */
    | { readonly type: "busy"; readonly retryMs: Milliseconds }
    /** This worker fails what others train: it gets no more of this sweep; nak the lease. */
    | { readonly type: "quarantined"; readonly message: string }
    /** Somebody wants this worker to end: nak the lease, give everything back, and go. */
    | { readonly type: "draining" }
    /** Somebody holds it by a newer delivery of this lease: leave the lease alone. */
    | Fenced;
  readonly renew: Renewed | Fenced;
  readonly report:
    | {
      readonly type: "decided";
      readonly decisions: readonly LaneDecision[];
      /** As in the answer to `renew`. */
      readonly drain?: boolean | undefined;
    }
    | Fenced;
  readonly checkpointed: Accepted | Fenced;
  readonly detached: Accepted | Fenced;
  readonly finished: Accepted | Fenced;
  readonly failed: Accepted | Fenced;
  readonly returned: Accepted | Fenced;
  /** The coordinator's name, as the journal has it. */
  readonly ping: { readonly type: "pong"; readonly coordinator: string };
  readonly control: Accepted | Refused;
  readonly stopTrials: Accepted | Refused;
  readonly drain: Accepted | Refused;
  readonly retry: Accepted | Refused;
  readonly extend: Accepted | Refused;
  readonly enqueue: Accepted | Refused;
}

/** The name of a request. */
export type ApiVerb = keyof ApiRequests;

/** Every verb: a last token of an API subject. */
export const API_VERBS: readonly ApiVerb[] = [
  "claim",
  "renew",
  "report",
  "checkpointed",
  "detached",
  "finished",
  "failed",
  "returned",
  "ping",
  "control",
  "stopTrials",
  "drain",
  "retry",
  "extend",
  "enqueue",
];

/** A request that a coordinator could not read, or not serve. */
export interface ApiError {
  readonly type: "error";
  readonly message: string;
}
