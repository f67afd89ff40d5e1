/**
 * The fencing rule: who holds a pack, judged from the journal alone.
 *
 * A JetStream lease does not fence. After it has expired and the message was delivered again, the
 * old holder's ack still removes the message, and its renewals keep the new holder's lease alive.
 * So the coordinator grants attempts: one holder at a time, the last one granted is current, and
 * every message that names another attempt is answered with `fenced`.
 *
 * Time runs to the right; `m7#2` is the second delivery of the message with sequence 7.
 *
 * A lost answer: the worker asks again, and gets the attempt that it already has.
 *
 *     worker A     claim m7#1 → 1 (answer lost) ── claim m7#1 → repeat 1 ── report ✓
 *
 * A stalled holder: the queue delivers again only after the old lease is over.
 *
 *     worker A     claim m7#1 → 1 ── report ✓ ── (stalled) ················ report → fenced, no ack
 *     worker B                                     claim m7#2 → takeOver 2 ── report ✓ ── finished
 *
 * A claim that was slow on its way: a newer delivery has been granted, so this one is history. Its
 * sender must leave the message alone: a nak would take it from under the holder.
 *
 *     worker A     claim m7#1 ················································· → stale, no nak
 *     worker B                  claim m7#2 → 1 ── report ✓
 *
 * Two messages of one pack, as after a coordinator that republished at its start: the holder of the
 * first goes on, and the second waits until the pack is over and is then cleaned up.
 *
 *     worker A     claim m7#1 → 1 ── report ✓ ────────────────── finished ── ack m7
 *     worker B                        claim m9#1 → busy, nak ──────────────── claim m9#2 → over, ack
 *
 * A finish whose ack was lost: the message comes back and finds nothing to do.
 *
 *     worker A     claim m7#1 → 1 ── finished ✓ ── (ack lost)
 *     worker B                                        claim m7#2 → over, ack m7
 *
 * A holder that was given up by the coordinator before the queue's own deadline:
 *
 *     worker A     claim m7#1 → 1 ── (silent) ·· released ················· report → fenced
 *     worker B                                    claim m9#1 → grant 2 ── report ✓
 */
import type { Attempt, WorkerId } from "../domain/ids.ts";
import type { Delivery, PackState } from "../domain/pack.ts";

/** What a claim says of its sender. */
export interface Claim {
  readonly worker: WorkerId;
  readonly delivery: Delivery;
}

/** What a coordinator does with a claim. */
export type ClaimVerdict =
  /** Nobody holds the pack: lease it under the next attempt. */
  | { readonly kind: "grant" }
  /** The sender holds it by this very delivery: answer the same attempt again. */
  | { readonly kind: "repeat"; readonly attempt: Attempt }
  /** The holder's lease has expired in the queue: release that attempt, then grant the next. */
  | { readonly kind: "takeOver"; readonly from: Attempt }
  /** Somebody holds it, and nothing says that their lease is over: let the sender nak. */
  | { readonly kind: "busy" }
  /** The message is the holder's by a newer delivery: the sender must neither ack nor nak it. */
  | { readonly kind: "stale" }
  /** Nothing is left to train: let the sender ack. */
  | { readonly kind: "over" };

/** The holder that a message names. */
export interface Holder {
  readonly worker: WorkerId;
  readonly attempt: Attempt;
}

/** Judges a claim against what the journal says of its pack. Changes nothing. */
export function judgeClaim(pack: PackState, claim: Claim): ClaimVerdict {
  switch (pack.status) {
    case "queued":
      return { kind: "grant" };
    case "leased":
      return judgeAgainstHolder(pack, claim);
    case "over":
      return { kind: "over" };
    default:
      return pack satisfies never;
  }
}

function judgeAgainstHolder(
  held: Extract<PackState, { status: "leased" }>,
  claim: Claim,
): ClaimVerdict {
  // Another message says nothing of the holder's own lease.
  if (claim.delivery.sequence !== held.delivery.sequence) return { kind: "busy" };
  if (claim.delivery.count > held.delivery.count) {
    return { kind: "takeOver", from: held.attempt };
  }
  if (claim.delivery.count < held.delivery.count) return { kind: "stale" };
  if (claim.worker === held.worker) return { kind: "repeat", attempt: held.attempt };
  return { kind: "busy" };
}

/** Whether the sender holds the pack now; if not, it is answered with `fenced`. */
export function isCurrent(pack: PackState, holder: Holder): boolean {
  return pack.status === "leased" && pack.attempt === holder.attempt &&
    pack.worker === holder.worker;
}
