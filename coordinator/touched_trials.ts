/** Which trials an event has changed in a way that samplers and schedulers look at. */
import type { TrialId } from "../core/domain/ids.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";

/**
 * The trials whose status, rungs, hyperparameters or result an event has changed, once the ledger
 * has folded it in. Reports are not among them: they are most of all events, and change metrics only.
 */
export function touchedTrials(ledger: SweepLedger, event: SweepEvent): readonly TrialId[] {
  switch (event.type) {
    case "trialsQueued":
      return event.trials.map(({ trial }) => trial);
    case "packLeased":
    case "packReleased":
    case "packSplit":
      return ledger.pack(event.pack).trials;
    case "lanesDetached":
      return event.trials;
    case "trialCompleted":
    case "trialFailed":
    case "trialCancelled":
    case "trialPaused":
    case "trialPromoted":
    case "trialPruned":
    case "trialExploited":
    case "trialRetried":
    case "rungReached":
      return [event.trial];
    case "sweepCreated":
    case "coordinatorStarted":
    case "packsQueued":
    case "epochReported":
    case "checkpointStored":
    case "lateMessageRejected":
    case "workerQuarantined":
    case "drainAsked":
    case "roundDecided":
    case "sweepPaused":
    case "sweepResumed":
    case "sweepEnded":
    case "sweepReopened":
    case "sweepExtended":
      return [];
    default:
      return event satisfies never;
  }
}
