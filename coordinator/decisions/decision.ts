/** What the coordinator decides on a request: facts to journal, and the answer once they are. */
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";

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
 * The end of the sweep, if the given number of trials that are about to end are its last ones.
 * A sweep in which at least one trial completed is completed; its failures are told beside.
 */
export function endIfSettled(
  ledger: SweepLedger,
  ending: { readonly completed: number; readonly failed: number },
): readonly SweepEvent[] {
  const { queued, running, paused, completed, failed } = ledger.counts;
  if (queued + running + paused > ending.completed + ending.failed) return [];
  const anyCompleted = completed + ending.completed > 0;
  const outcome = !anyCompleted && failed + ending.failed > 0 ? "failed" : "completed";
  return [{ type: "sweepEnded", outcome, by: "coordinator" }];
}
