/** A sweep's life: running and paused, until it is over in one of three ways; two can be reopened. */

/** Where a sweep is in its life. */
export type SweepStatus = "running" | "paused" | "completed" | "failed" | "cancelled";

/** How a sweep can end. */
export type SweepOutcome = Extract<SweepStatus, "completed" | "failed" | "cancelled">;

/** What can happen to a sweep. */
export type SweepChange =
  | { readonly type: "paused" }
  | { readonly type: "resumed" }
  /** There is something to do again after its end; what was cancelled stays so. */
  | { readonly type: "reopened" }
  | { readonly type: "ended"; readonly outcome: SweepOutcome };

/** Whether the sweep is over. */
export function isOver(status: SweepStatus): status is SweepOutcome {
  return status === "completed" || status === "failed" || status === "cancelled";
}

/**
 * The status after a change.
 * @throws {SweepTransitionError} If the change cannot happen in the status.
 */
export function transitionSweep(status: SweepStatus, change: SweepChange): SweepStatus {
  if (change.type === "paused" && status === "running") return "paused";
  if (change.type === "resumed" && status === "paused") return "running";
  if (change.type === "ended" && !isOver(status)) return change.outcome;
  if (change.type === "reopened" && (status === "completed" || status === "failed")) {
    return "running";
  }
  throw new SweepTransitionError(status, change.type);
}

/** A move that the table does not have: a bug in who asked for it. */
export class SweepTransitionError extends Error {
  override readonly name = "SweepTransitionError";
  readonly from: SweepStatus;

  constructor(from: SweepStatus, change: SweepChange["type"]) {
    super(`Cannot apply "${change}" to a ${from} sweep`);
    this.from = from;
  }
}
