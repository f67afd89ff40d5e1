/** A trial's life: its states and the one table of moves between them. */
import type { Attempt, WorkerId } from "./ids.ts";
import type { ObjectiveValue } from "./objective.ts";
import type { Epoch } from "./units.ts";

/** Why an attempt ended without a result. */
export interface FailureReason {
  readonly kind: "outOfMemory" | "exception" | "leaseLost" | "datasetUnavailable";
  /** For people: what happened, with the numbers that explain it. */
  readonly message: string;
}

/** Where a trial is in its life; each variant carries exactly what is known then. */
export type TrialState =
  | { readonly status: "queued" }
  | {
    readonly status: "running";
    readonly worker: WorkerId;
    readonly attempt: Attempt;
    readonly epoch: Epoch;
  }
  | { readonly status: "paused"; readonly epoch: Epoch }
  | { readonly status: "completed"; readonly epoch: Epoch; readonly objective: ObjectiveValue }
  | { readonly status: "pruned"; readonly epoch: Epoch; readonly rung: number }
  | { readonly status: "failed"; readonly reason: FailureReason }
  /** By whom somebody stopped it alone; absent: the whole sweep was stopped. */
  | { readonly status: "cancelled"; readonly by?: string | undefined };

/** The name of a trial state. */
export type TrialStatus = TrialState["status"];

/** Every trial status, live ones first: the order of ledgers and legends. */
export const TRIAL_STATUSES: readonly TrialStatus[] = [
  "queued",
  "running",
  "paused",
  "completed",
  "pruned",
  "failed",
  "cancelled",
];

/** What can happen to a trial. */
export type TrialEvent =
  | {
    readonly type: "leased";
    readonly worker: WorkerId;
    readonly attempt: Attempt;
    readonly epoch: Epoch;
  }
  | { readonly type: "reported"; readonly epoch: Epoch }
  /** The lease expired or was given back: somebody else goes on from the last checkpoint. */
  | { readonly type: "released" }
  | { readonly type: "paused" }
  | { readonly type: "requeued" }
  | { readonly type: "completed"; readonly epoch: Epoch; readonly objective: ObjectiveValue }
  | { readonly type: "pruned"; readonly epoch: Epoch; readonly rung: number }
  | { readonly type: "failed"; readonly reason: FailureReason }
  | { readonly type: "cancelled"; readonly by?: string | undefined };

/** Whether nothing can happen to the trial any more, unless somebody asks for it. */
export function isTerminal(status: TrialStatus): boolean {
  return status === "completed" || status === "pruned" || status === "failed" ||
    status === "cancelled";
}

/**
 * The state after an event.
 *
 * | from | leased | reported | released | paused | requeued | completed | pruned | failed | cancelled |
 * |---|---|---|---|---|---|---|---|---|---|
 * | queued | running | | | | | | | failed | cancelled |
 * | running | | running | queued | paused | | completed | pruned | failed | cancelled |
 * | paused | | | | | queued | | pruned | | cancelled |
 * | failed | | | | | queued | | | | |
 *
 * @throws {TrialTransitionError} If the event cannot happen in the state.
 */
export function transitionTrial(state: TrialState, event: TrialEvent): TrialState {
  switch (state.status) {
    case "queued":
      if (event.type === "leased") {
        return {
          status: "running",
          worker: event.worker,
          attempt: event.attempt,
          epoch: event.epoch,
        };
      }
      if (event.type === "failed") return { status: "failed", reason: event.reason };
      if (event.type === "cancelled") return cancelled(event);
      break;
    case "running":
      return transitionRunning(state, event);
    case "paused":
      if (event.type === "requeued") return { status: "queued" };
      if (event.type === "pruned") {
        return { status: "pruned", epoch: event.epoch, rung: event.rung };
      }
      if (event.type === "cancelled") return cancelled(event);
      break;
    case "failed":
      if (event.type === "requeued") return { status: "queued" };
      break;
    case "completed":
    case "pruned":
    case "cancelled":
      break;
    default:
      return state satisfies never;
  }
  throw new TrialTransitionError(state.status, event.type);
}

function transitionRunning(
  state: Extract<TrialState, { status: "running" }>,
  event: TrialEvent,
): TrialState {
  switch (event.type) {
    case "reported":
      return { ...state, epoch: event.epoch };
    case "released":
      return { status: "queued" };
    case "paused":
      return { status: "paused", epoch: state.epoch };
    case "completed":
      return { status: "completed", epoch: event.epoch, objective: event.objective };
    case "pruned":
      return { status: "pruned", epoch: event.epoch, rung: event.rung };
    case "failed":
      return { status: "failed", reason: event.reason };
    case "cancelled":
      return cancelled(event);
    case "leased":
    case "requeued":
      throw new TrialTransitionError(state.status, event.type);
    default:
      return event satisfies never;
  }
}

function cancelled({ by }: Extract<TrialEvent, { type: "cancelled" }>): TrialState {
  return by === undefined ? { status: "cancelled" } : { status: "cancelled", by };
}

/** A move that the table does not have: a bug in who asked for it. */
export class TrialTransitionError extends Error {
  override readonly name = "TrialTransitionError";
  readonly from: TrialStatus;
  readonly event: TrialEvent["type"];

  constructor(from: TrialStatus, event: TrialEvent["type"]) {
    super(`Cannot apply "${event}" to a ${from} trial`);
    this.from = from;
    this.event = event;
  }
}
