/** What follows when an attempt ends without a result. */
import type { ReleaseCause, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { type FailureReason, isTerminal } from "../../core/domain/trial.ts";
import { parseAttempt } from "../../core/domain/ids.ts";
import { endIfSettled } from "./decision.ts";

/** Queues the pack again, or fails its trials when that was their last attempt. */
export function decideRelease(
  ledger: SweepLedger,
  pack: Pack,
  cause: ReleaseCause,
): readonly SweepEvent[] {
  const released: SweepEvent = {
    type: "packReleased",
    pack: pack.id,
    attempt: parseAttempt(pack.attempts),
    cause,
  };
  const reason = lossReason(cause);
  if (reason === null || pack.losses + 1 < ledger.spec.maxAttempts) return [released];
  const live = pack.trials.filter((id) => !isTerminal(ledger.trial(id).state.status));
  return [
    released,
    ...live.map((trial): SweepEvent => ({ type: "trialFailed", trial, reason })),
    ...endIfSettled(ledger, { completed: 0, failed: live.length }),
  ];
}

/** Why an attempt was lost; a pack that was given back lost nothing. */
function lossReason(cause: ReleaseCause): FailureReason | null {
  switch (cause.kind) {
    case "returned":
      return null;
    case "leaseExpired":
      return { kind: "leaseLost", message: "its worker was not heard of for a whole lease" };
    case "failed":
      return cause.reason;
    default:
      return cause satisfies never;
  }
}
