/** A pack's life: a set of trials that one slot trains together, leased as a unit. */
import type { Attempt, WorkerId } from "./ids.ts";

/** Which delivery of a lease message a claim answers to. */
export interface Delivery {
  /** The message's sequence in the queue's stream. */
  readonly sequence: number;
  /** How many times that message was delivered, from 1. */
  readonly count: number;
}

/** Where a pack is in its life. */
export type PackState =
  | { readonly status: "queued" }
  | {
    readonly status: "leased";
    readonly attempt: Attempt;
    readonly worker: WorkerId;
    readonly delivery: Delivery;
  }
  | { readonly status: "over" };

/** What can happen to a pack. */
export type PackEvent =
  | {
    readonly type: "leased";
    readonly attempt: Attempt;
    readonly worker: WorkerId;
    readonly delivery: Delivery;
  }
  | { readonly type: "released" }
  | { readonly type: "ended" };

/**
 * The state after an event: queued ⇄ leased, and from both to over.
 * @throws {PackTransitionError} If the event cannot happen in the state.
 */
export function transitionPack(state: PackState, event: PackEvent): PackState {
  switch (event.type) {
    case "leased":
      if (state.status !== "queued") break;
      return {
        status: "leased",
        attempt: event.attempt,
        worker: event.worker,
        delivery: event.delivery,
      };
    case "released":
      if (state.status !== "leased") break;
      return { status: "queued" };
    case "ended":
      if (state.status === "over") break;
      return { status: "over" };
    default:
      return event satisfies never;
  }
  throw new PackTransitionError(state.status, event.type);
}

/** A move that the table does not have: a bug in who asked for it. */
export class PackTransitionError extends Error {
  override readonly name = "PackTransitionError";
  readonly from: PackState["status"];
  readonly event: PackEvent["type"];

  constructor(from: PackState["status"], event: PackEvent["type"]) {
    super(`Cannot apply "${event}" to a ${from} pack`);
    this.from = from;
    this.event = event;
  }
}
