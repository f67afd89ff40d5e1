/** The answer to finished epochs: each is journalled once, and every lane gets a decision. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { Epoch } from "../../core/domain/units.ts";
import type { ApiReplies, ApiRequests, LaneDecision } from "../../core/protocol/messages.ts";
import type { Part } from "../packing/split_tail.ts";
import type { Decision } from "./decision.ts";
import { isRunningIn, runningLanes } from "./running_lanes.ts";

/**
 * Journals the epochs that are new. An epoch that a lane has told already (a repeated request) is
 * passed over, so a report counts once however often it arrives.
 */
export function decideReport(
  ledger: SweepLedger,
  pack: Pack,
  { report, leaving }: {
    readonly report: ApiRequests["report"];
    /** The lanes that an idle slot should take over, in parts. */
    readonly leaving: readonly Part[];
  },
): Decision<ApiReplies["report"]> {
  const partOf = new Map(leaving.flatMap((part, i) => part.map((trial) => [trial, i] as const)));
  return {
    events: freshEpochs(ledger, pack, report),
    reply: {
      type: "decided",
      decisions: pack.trials.map((trial): LaneDecision => {
        if (!isRunningIn(ledger, pack, trial)) return { trial, decision: "stop" };
        const part = partOf.get(trial);
        return part === undefined
          ? { trial, decision: "continue" }
          : { trial, decision: "detach", part };
      }),
    },
  };
}

function freshEpochs(
  ledger: SweepLedger,
  pack: Pack,
  { attempt, epochs }: ApiRequests["report"],
): readonly SweepEvent[] {
  const events: SweepEvent[] = [];
  // The ledger stands still while one request is judged: what it has told so far is kept here.
  const told = new Map<TrialId, Epoch>();
  for (const { epoch, durationMs, lanes } of epochs) {
    const fresh = runningLanes(ledger, pack, lanes).filter(({ trial }) =>
      (told.get(trial) ?? lastEpoch(ledger, trial)) < epoch
    );
    if (fresh.length === 0) continue;
    for (const { trial } of fresh) told.set(trial, epoch);
    events.push({
      type: "epochReported",
      pack: pack.id,
      attempt,
      epoch,
      lanes: fresh,
      durationMs,
    });
  }
  return events;
}

function lastEpoch(ledger: SweepLedger, trial: TrialId): number {
  const { state } = ledger.trial(trial);
  return state.status === "running" ? state.epoch : Infinity;
}
