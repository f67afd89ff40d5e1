/** The answer to finished epochs: each is journalled once, and every lane gets a decision. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { ApiReplies, ApiRequests, EpochRecord } from "../../core/protocol/messages.ts";
import type { Decision } from "./decision.ts";

/**
 * Journals the epochs that are new. An epoch that is known already (a repeated request) is passed
 * over, so a report counts once however often it arrives.
 */
export function decideReport(
  ledger: SweepLedger,
  pack: Pack,
  report: ApiRequests["report"],
): Decision<ApiReplies["report"]> {
  const events = report.epochs.flatMap((record) => eventOf(ledger, report, record));
  return {
    events,
    reply: {
      type: "decided",
      decisions: pack.trials.map((trial) => ({
        trial,
        decision: isRunning(ledger, trial) ? "continue" : "stop",
      })),
    },
  };
}

function eventOf(
  ledger: SweepLedger,
  { pack, attempt }: ApiRequests["report"],
  { epoch, durationMs, lanes }: EpochRecord,
): readonly SweepEvent[] {
  const fresh = lanes.filter(({ trial }) => {
    const { state } = ledger.trial(trial);
    return state.status === "running" && state.epoch < epoch;
  });
  if (fresh.length === 0) return [];
  return [{ type: "epochReported", pack, attempt, epoch, lanes: fresh, durationMs }];
}

function isRunning(ledger: SweepLedger, trial: TrialId): boolean {
  return ledger.trial(trial).state.status === "running";
}
