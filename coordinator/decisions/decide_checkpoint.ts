/** The answer to a stored checkpoint: the next attempt goes on from it. */
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { ApiRequests } from "../../core/protocol/messages.ts";
import { checkpointArtifact } from "../../core/protocol/subjects.ts";
import { runningLanes } from "./running_lanes.ts";

/**
 * Journals the checkpoint for the lanes that still run. What comes a second time changes nothing,
 * however late: by then its artifact has made room for a newer one.
 */
export function decideCheckpoint(
  ledger: SweepLedger,
  held: Pack,
  { pack, attempt, epoch, artifact, trials: sent }: ApiRequests["checkpointed"],
): readonly SweepEvent[] {
  const isOld = (trial: TrialId): boolean => {
    const known = ledger.trial(trial).checkpoint;
    if (known === null || known.epoch < epoch) return false;
    // An attempt that had to start over has only its own checkpoints to compare with.
    return known.artifact === checkpointArtifact(ledger.id, { pack, attempt, epoch: known.epoch });
  };
  const trials = runningLanes(ledger, held, sent.map((trial) => ({ trial })))
    .map(({ trial }) => trial)
    .filter((trial) => !isOld(trial));
  if (trials.length === 0) return [];
  return [{ type: "checkpointStored", pack, attempt, epoch, artifact, trials }];
}
