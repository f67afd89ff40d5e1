/** What the coordinator decides on a request: facts to journal, and the answer once they are. */
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { LedgerCounts, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepOutcome } from "../../core/domain/sweep.ts";
import { isAdaptive, type SweepSpec } from "../../core/domain/sweep_spec.ts";

/** Facts, and the reply that becomes true when they are journalled. */
export interface Decision<Reply> {
  readonly events: readonly SweepEvent[];
  readonly reply: Reply;
}

/** A reply that changes nothing. */
export function replyOnly<Reply>(reply: Reply): Decision<Reply> {
  return { events: [], reply };
}

/**
 * Whether a sweep may ask for more when its trials have ended, or wakes paused ones: then its end is
 * decided when they have.
 */
export function mayGoOn({ racing, scheduler, method }: SweepSpec): boolean {
  return racing !== undefined || scheduler !== undefined || isAdaptive(method);
}

/**
 * The end of the sweep, if the given number of trials that are about to end are its last ones, and it
 * cannot ask for more.
 */
export function endIfSettled(
  ledger: SweepLedger,
  ending: { readonly completed: number; readonly failed: number; readonly cancelled?: number },
): readonly SweepEvent[] {
  if (mayGoOn(ledger.spec)) return [];
  const { queued, running, paused, completed, failed, cancelled, pruned } = ledger.counts;
  const ends = ending.completed + ending.failed + (ending.cancelled ?? 0);
  if (queued + running + paused > ends) return [];
  return [sweepEnd({
    completed: completed + ending.completed,
    failed: failed + ending.failed,
    cancelled: cancelled + (ending.cancelled ?? 0),
    pruned,
  })];
}

/**
 * The end of a sweep with so many trials. One in which at least one completed is completed; its
 * failures are told beside. One of which nothing is left, because all of it was stopped, is cancelled.
 */
export function sweepEnd(counts: EndCounts): SweepEvent {
  return { type: "sweepEnded", outcome: outcomeOf(counts), by: "coordinator" };
}

type EndCounts = Pick<LedgerCounts, "completed" | "failed" | "cancelled" | "pruned">;

function outcomeOf({ completed, failed, cancelled, pruned }: EndCounts): SweepOutcome {
  if (completed > 0) return "completed";
  if (failed > 0) return "failed";
  return cancelled > 0 && pruned === 0 ? "cancelled" : "completed";
}
