/** The answer to somebody who wants trials to end where they are, while the sweep goes on. */
import { clip, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import type { ApiReplies, ApiRequests } from "../../core/protocol/messages.ts";
import { type Decision, endIfSettled, replyOnly } from "./decision.ts";

/**
 * Cancels the trials at once. Those that train are cancelled as well: their workers hear so in answer
 * to their next report, and what they tell of them until then is passed over. All of them or none;
 * one that was stopped already is passed over, so a repeated request changes nothing.
 */
export function decideStopTrials(
  ledger: SweepLedger,
  { trials, by: asker }: ApiRequests["stopTrials"],
): Decision<ApiReplies["stopTrials"]> {
  if (isOver(ledger.status)) return refused(`Cannot stop trials: the sweep is ${ledger.status}`);
  const wanted = [...new Set(trials)];
  if (wanted.length === 0) return refused("Cannot stop trials: none is named");
  const live: TrialId[] = [];
  for (const id of wanted) {
    const status = ledger.trials[id]?.state.status;
    if (status === undefined) {
      return refused(`Cannot stop trial ${id}: the sweep has no such trial`);
    }
    if (!isTerminal(status)) live.push(id);
    else if (status !== "cancelled") return refused(`Cannot stop trial ${id}: it is ${status}`);
  }
  const by = clip(asker, MAX_NAME_LENGTH);
  const cancelled = live.map((trial): SweepEvent => ({ type: "trialCancelled", trial, by }));
  const ending = { completed: 0, failed: 0, cancelled: live.length };
  const end = live.length === 0 ? [] : endIfSettled(ledger, ending);
  return { events: [...cancelled, ...end], reply: { type: "accepted" } };
}

function refused(message: string): Decision<ApiReplies["stopTrials"]> {
  return replyOnly({ type: "refused", message });
}
