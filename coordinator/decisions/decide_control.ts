/** The answer to somebody who wants the sweep to pause, go on or stop. */
import { clip, MAX_NAME_LENGTH } from "../../core/domain/clip.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver, type SweepStatus } from "../../core/domain/sweep.ts";
import { isTerminal } from "../../core/domain/trial.ts";
import type { ApiReplies, ApiRequests, ControlAction } from "../../core/protocol/messages.ts";
import { type Decision, replyOnly } from "./decision.ts";

/** Changes the sweep's status, or says why that makes no sense now. */
export function decideControl(
  ledger: SweepLedger,
  { action, by: asker }: ApiRequests["control"],
): Decision<ApiReplies["control"]> {
  const by = clip(asker, MAX_NAME_LENGTH);
  if (isOver(ledger.status)) return refused(action, ledger.status);
  switch (action) {
    case "pause":
      if (ledger.status === "paused") return refused(action, ledger.status);
      return { events: [{ type: "sweepPaused", by }], reply: { type: "accepted" } };
    case "resume":
      if (ledger.status === "running") return refused(action, ledger.status);
      return { events: [{ type: "sweepResumed", by }], reply: { type: "accepted" } };
    case "stop":
      return { events: cancelAll(ledger, by), reply: { type: "accepted" } };
    default:
      return action satisfies never;
  }
}

/** What a stop decides: everything that is not done is cancelled, and the sweep is over. */
export function cancelAll(ledger: SweepLedger, by: string): readonly SweepEvent[] {
  const live = ledger.trials.filter((trial) => !isTerminal(trial.state.status));
  return [
    ...live.map(({ id }): SweepEvent => ({ type: "trialCancelled", trial: id })),
    { type: "sweepEnded", outcome: "cancelled", by },
  ];
}

function refused(action: ControlAction, status: SweepStatus): Decision<ApiReplies["control"]> {
  return replyOnly({ type: "refused", message: `Cannot ${action} the sweep: it is ${status}` });
}
