/** A sweep as it stands when everything is asked for and packed. */
import { UnpackedTrials } from "../../coordinator/packing/unpacked_trials.ts";
import { planTrials } from "../../coordinator/plan_trials.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";

/** Asks for all trials and packs them; returns what happened. */
export function planAll(ledger: SweepLedger, slots = 1): readonly SweepEvent[] {
  const events: SweepEvent[] = [];
  const take = (next: readonly SweepEvent[]): void => {
    for (const event of next) ledger.apply(event);
    events.push(...next);
  };
  for (const next of planTrials(ledger)) take(next);
  const packs = new UnpackedTrials(ledger).form({ packs: Infinity, slots });
  if (packs.length > 0) take([{ type: "packsQueued", packs }]);
  return events;
}
