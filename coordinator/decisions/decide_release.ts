/** What follows when an attempt ends without a result. */
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { ReleaseCause, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { FailureReason } from "../../core/domain/trial.ts";
import { parseAttempt } from "../../core/domain/ids.ts";
import { endIfSettled } from "./decision.ts";
import { divergedLanes } from "./diverged_trial.ts";

/**
 * Queues the pack again, without the lanes that have diverged, which are over by that, and without the
 * trials whose last attempt this was: lost leases and crashes are
 * counted apart, because a machine that goes away says nothing about a trial. A worker that fails
 * while others get on gets no more packs.
 */
export function decideRelease(
  ledger: SweepLedger,
  pack: Pack,
  cause: ReleaseCause,
): readonly SweepEvent[] {
  const diverged = divergedLanes(ledger, pack);
  const live = ledger.liveTrials(pack.id).filter((trial) => !diverged.trials.has(trial));
  const completed = diverged.trials.size;
  // The pack is over with the last of them.
  if (live.length === 0) {
    return [...diverged.events, ...endIfSettled(ledger, { completed, failed: 0 })];
  }
  const released: SweepEvent = {
    type: "packReleased",
    pack: pack.id,
    attempt: parseAttempt(pack.attempts),
    cause,
  };
  const reason = lossReason(cause);
  if (reason === null) return [...diverged.events, released];
  const failing = live.filter((id) => isLastAttempt(ledger, id, reason));
  return [
    ...diverged.events,
    released,
    ...failing.map((trial): SweepEvent => ({ type: "trialFailed", trial, reason })),
    ...quarantine(ledger, pack, reason),
    ...endIfSettled(ledger, { completed, failed: failing.length }),
  ];
}

function isLastAttempt(ledger: SweepLedger, id: TrialId, { kind }: FailureReason): boolean {
  const { crashes, lostLeases } = ledger.trial(id);
  const before = kind === "leaseLost" ? lostLeases : crashes;
  return before + 1 >= ledger.spec.maxAttempts;
}

function quarantine(
  ledger: SweepLedger,
  { state }: Pack,
  { kind, message: last }: FailureReason,
): readonly SweepEvent[] {
  if (state.status !== "leased") return [];
  const { worker } = state;
  const failures = ledger.quarantine.judgeFailure(worker);
  if (failures === null) return [];
  const told = `${failures} attempts in a row failed on it while other workers got on; ` +
    `the last one: ${kind}: ${last}`;
  return [{ type: "workerQuarantined", worker, message: clip(told, MAX_MESSAGE_LENGTH) }];
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
