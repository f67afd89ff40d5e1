/** The answer to somebody who wants a worker to end: it hears so with the next answer that it gets. */
import { clip, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { ApiReplies, ApiRequests } from "../../core/protocol/messages.ts";
import { type Decision, replyOnly } from "./decision.ts";

/**
 * Gives the worker no more packs, and tells it to give back what it has. No worker comes twice under
 * one name, so it stays at that. A repeated request changes nothing.
 */
export function decideDrain(
  ledger: SweepLedger,
  { worker, by }: ApiRequests["drain"],
): Decision<ApiReplies["drain"]> {
  if (isOver(ledger.status)) {
    const message = `Cannot drain worker "${worker}": sweep "${ledger.id}" is ${ledger.status}`;
    return replyOnly({ type: "refused", message });
  }
  const asked = { type: "drainAsked", worker, by: clip(by, MAX_NAME_LENGTH) } as const;
  return {
    events: ledger.interventions.draining.has(worker) ? [] : [asked],
    reply: { type: "accepted" },
  };
}
