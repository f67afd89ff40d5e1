/** What follows when all trials that a sweep has asked for are over, and it may ask for more. */
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { isOver } from "../../core/domain/sweep.ts";
import { sweepEnd } from "../decisions/decision.ts";
import { planTrials } from "../plan_trials.ts";
import { nextRound } from "./next_round.ts";

/**
 * Everything that is still to be asked for, an entry's events at a time, each to be applied before
 * the next is taken: first what the present plan lacks; then, where a round of a race is complete,
 * its decision with the next round's trials, or with the sweep's end.
 */
export function* advanceRace(ledger: SweepLedger): Generator<readonly SweepEvent[], void, void> {
  yield* planTrials(ledger);
  if (isOver(ledger.status)) return;
  const round = nextRound(ledger);
  if (round === null) return;
  if (round.raised.length === 0) {
    yield [round, sweepEnd(ledger.counts)];
    return;
  }
  // Should its trials be cut off, the next coordinator plans the rest of them by this decision.
  yield [round];
  yield* planTrials(ledger);
}

/** Whether a round is complete: nothing is on its way, and nobody has ended the sweep. */
export function isRoundComplete({ isSettled, status, spec }: SweepLedger): boolean {
  return spec.racing !== undefined && isSettled && !isOver(status);
}
