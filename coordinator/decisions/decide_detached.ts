/** The answer to lanes that leave their pack with a checkpoint: they are queued in a new one. */
import { parseAttempt, parsePackId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { ApiRequests } from "../../core/protocol/messages.ts";
import { runningLanes } from "./running_lanes.ts";

/**
 * The move of those lanes that train in the pack. Nothing is left to do for a repeated request: by
 * then they are in another pack. Whether they were asked to leave does not matter: the coordinator
 * that asked may be gone.
 */
export function decideDetached(
  ledger: SweepLedger,
  pack: Pack,
  { epoch, artifact, trials: named }: ApiRequests["detached"],
): readonly SweepEvent[] {
  const lanes = runningLanes(ledger, pack, named.map((trial) => ({ trial })));
  const trials = lanes.map(({ trial }) => trial);
  if (trials.length === 0) return [];
  return [{
    type: "lanesDetached",
    pack: pack.id,
    attempt: parseAttempt(pack.attempts),
    epoch,
    artifact,
    trials,
    into: [{ pack: parsePackId(ledger.packs.length), trials }],
  }];
}
