/** What was decided, but not journalled whole, when a coordinator was killed. */
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { cancelAll } from "./decide_control.ts";
import { endIfSettled } from "./decision.ts";

/**
 * The rest of a large decision: its facts fill several entries, and only the first may have been
 * written. Without it a sweep whose trials are all over would wait for ever for one to end.
 */
export function decideCutOff(ledger: SweepLedger): readonly SweepEvent[] {
  if (ledger.interventions.isStopBegun) return cancelAll(ledger, "coordinator");
  return endIfSettled(ledger, { completed: 0, failed: 0 });
}
