/** What follows when somebody wants failed trials to be trained again. */
import { clip, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { ApiReplies, ApiRequests } from "../../core/protocol/messages.ts";
import { type Decision, replyOnly } from "./decision.ts";

/** Which trials, and who asks. */
export type RetryRequest = Pick<ApiRequests["retry"], "trials" | "by">;

/** The facts of a retry, or why there is none. */
export type Retry =
  | { readonly kind: "retried"; readonly events: readonly SweepEvent[] }
  | { readonly kind: "refused"; readonly message: string };

/** Queues failed trials again, or says why that makes no sense now. */
export function decideRetry(
  ledger: SweepLedger,
  request: ApiRequests["retry"],
): Decision<ApiReplies["retry"]> {
  const retry = retryTrials(ledger, request);
  if (retry.kind === "refused") return replyOnly({ type: "refused", message: retry.message });
  if (isOver(ledger.status)) {
    // Its coordinator is about to leave, and would leave what it reopens.
    const message = "Cannot retry trials of the sweep: it has just ended; ask again";
    return replyOnly({ type: "refused", message });
  }
  return { events: retry.events, reply: { type: "accepted" } };
}

/** Queues failed trials again, and reopens the sweep where it is over; nobody may coordinate it. */
export function retryTrials(ledger: SweepLedger, { trials, by: asker }: RetryRequest): Retry {
  if (ledger.status === "cancelled") {
    return refused("Cannot retry trials of the sweep: it was cancelled, and that is final");
  }
  const wanted = trials === null ? failedTrials(ledger) : [...new Set(trials)];
  if (wanted.length === 0) return refused("Cannot retry trials of the sweep: none has failed");
  for (const id of wanted) {
    const status = ledger.trials[id]?.state.status;
    if (status === "failed") continue;
    const state = status === undefined ? "the sweep has no such trial" : `it is ${status}`;
    return refused(`Cannot retry trial ${id}: ${state}; only a failed one can be retried`);
  }
  const by = clip(asker, MAX_NAME_LENGTH);
  const retried = wanted.map((trial): SweepEvent => ({ type: "trialRetried", trial, by }));
  const events = isOver(ledger.status)
    ? [{ type: "sweepReopened", by } as const, ...retried]
    : retried;
  return { kind: "retried", events };
}

function failedTrials(ledger: SweepLedger): readonly TrialId[] {
  if (ledger.counts.failed === 0) return [];
  return ledger.trials.flatMap(({ id, state }) => state.status === "failed" ? [id] : []);
}

function refused(message: string): Retry {
  return { kind: "refused", message };
}
