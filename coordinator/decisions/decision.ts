/** What the coordinator decides on a request: facts to journal, and the answer once they are. */
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
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
  ending: { readonly completed: number; readonly failed: number },
): readonly SweepEvent[] {
  if (mayGoOn(ledger.spec)) return [];
  const { queued, running, paused, completed, failed } = ledger.counts;
  if (queued + running + paused > ending.completed + ending.failed) return [];
  const counts = {
    completed: completed + ending.completed,
    failed: failed + ending.failed,
  };
  return [sweepEnd(counts)];
}

/**
 * The end of a sweep with so many trials. One in which at least one completed is completed; its
 * failures are told beside.
 */
export function sweepEnd(
  { completed, failed }: { readonly completed: number; readonly failed: number },
): SweepEvent {
  const outcome = completed === 0 && failed > 0 ? "failed" : "completed";
  return { type: "sweepEnded", outcome, by: "coordinator" };
}
