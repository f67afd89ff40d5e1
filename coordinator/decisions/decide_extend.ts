/** The answer to somebody who wants more of the sweep. */
import { clip, MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import type { ApiReplies, ApiRequests } from "../../core/protocol/messages.ts";
import { judgeExtension } from "../judge_extension.ts";
import { type Decision, replyOnly } from "./decision.ts";

/** Extends the sweep, or says what stands against it. The trials are planned by whoever records it. */
export function decideExtend(
  ledger: SweepLedger,
  { spec, by }: ApiRequests["extend"],
): Decision<ApiReplies["extend"]> {
  if (isOver(ledger.status)) {
    // This coordinator is about to end; whoever opens the journal next can reopen the sweep.
    return refused(`Cannot extend sweep "${ledger.id}": it is ${ledger.status}`);
  }
  const verdict = judgeExtension(ledger, spec);
  switch (verdict.kind) {
    case "possible":
      return {
        events: [{ type: "sweepExtended", spec, by: clip(by, MAX_NAME_LENGTH) }],
        reply: { type: "accepted" },
      };
    // Asked again, because the first answer was lost.
    case "idle":
      return replyOnly({ type: "accepted" });
    case "impossible":
      return refused(verdict.message);
    default:
      return verdict satisfies never;
  }
}

function refused(message: string): Decision<ApiReplies["extend"]> {
  return replyOnly({ type: "refused", message: clip(message, MAX_MESSAGE_LENGTH) });
}
