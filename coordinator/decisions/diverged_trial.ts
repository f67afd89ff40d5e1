/** The end of trials whose loss is no number any more. */
import type { PackId, TrialId } from "../../core/domain/ids.ts";
import { parseAttempt } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import type { Pack, SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { objectivesOf } from "../../core/domain/sweep_spec.ts";
import type { Epoch } from "../../core/domain/units.ts";
import { nextRung } from "./next_rung.ts";

/** A lane that diverged, and where that is known from. */
export interface DivergedLane {
  readonly trial: TrialId;
  readonly epoch: Epoch;
  readonly pack: PackId;
  readonly attempt: number;
}

/** Its result, after the rung that it will never be better at: those that get there shall know. */
export function divergedTrial(
  ledger: SweepLedger,
  { trial, epoch, pack, attempt }: DivergedLane,
  watched: readonly number[] = [],
): readonly SweepEvent[] {
  const { metrics, target, rungs = [] } = ledger.trial(trial);
  const completed: SweepEvent = {
    type: "trialCompleted",
    trial,
    pack,
    attempt: parseAttempt(attempt),
    epoch,
    objective: { kind: "diverged" },
    metrics,
    result: null,
    model: null,
  };
  const rung = nextRung({ target, watched }, epoch);
  if (rung === null || (rungs.at(-1)?.epoch ?? 0) >= rung) return [completed];
  const values = objectivesOf(ledger.spec).map(() => null);
  return [{ type: "rungReached", trial, epoch: rung, values }, completed];
}

/**
 * The results of a pack's lanes that have told that they diverged, for when their attempt ends without
 * its outcomes. No checkpoint has them, so what is left of the pack could not go on from it with them.
 */
export function divergedLanes(
  ledger: SweepLedger,
  { id: pack, attempts: attempt }: Pack,
): { readonly trials: ReadonlySet<TrialId>; readonly events: readonly SweepEvent[] } {
  const trials = new Set<TrialId>();
  const events: SweepEvent[] = [];
  for (const trial of ledger.liveTrials(pack)) {
    const { divergedAt: epoch } = ledger.trial(trial);
    if (epoch === undefined) continue;
    trials.add(trial);
    events.push(...divergedTrial(ledger, { trial, epoch, pack, attempt }));
  }
  return { trials, events };
}
