/** What follows when a pack does not fit on a device: two packs of half the lanes that still train. */
import { parseAttempt, parsePackId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { divergedLanes } from "./diverged_trial.ts";

/** The split, or null for a pack of one lane: that cannot be helped by splitting. */
export function decideSplit(
  ledger: SweepLedger,
  pack: Pack,
  message: string,
): readonly SweepEvent[] | null {
  const diverged = divergedLanes(ledger, pack);
  const live = ledger.liveTrials(pack.id).filter((trial) => !diverged.trials.has(trial));
  if (live.length < 2) return null;
  const half = Math.ceil(live.length / 2);
  const first = ledger.packs.length;
  return [...diverged.events, {
    type: "packSplit",
    pack: pack.id,
    attempt: parseAttempt(pack.attempts),
    message,
    into: [
      { pack: parsePackId(first), trials: live.slice(0, half) },
      { pack: parsePackId(first + 1), trials: live.slice(half) },
    ],
  }];
}
