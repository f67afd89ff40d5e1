/** A ledger's counts, and the whole of it as a value that can be stored. */
import type { SweepId, TrialId, WorkerId } from "./ids.ts";
import { incoherentSnapshot, type PacksSnapshot } from "./ledger_packs.ts";
import type { Trial } from "./ledger_trial.ts";
import type { QuarantineState } from "./quarantine.ts";
import type { RaceState } from "./race.ts";
import type { SweepStatus } from "./sweep.ts";
import type { DatasetSummary } from "./sweep_event.ts";
import type { SweepSpec } from "./sweep_spec.ts";
import type { TrialStatus } from "./trial.ts";

/** How many trials are in each status. They always add up to the number asked for. */
export type LedgerCounts = Readonly<Record<TrialStatus, number>> & { readonly asked: number };

/**
 * A ledger as a JSON value: complete and canonical, so that equal ledgers have equal JSON texts.
 * Whoever changes what a field means gives the snapshot's document a new version.
 */
export interface LedgerSnapshot extends PacksSnapshot {
  readonly sweep: SweepId;
  readonly spec: SweepSpec;
  readonly dataset: DatasetSummary;
  readonly status: SweepStatus;
  /** By their ids. */
  readonly trials: readonly Trial[];
  /** In the order in which they were queued again. */
  readonly retriedTrials: readonly TrialId[];
  readonly quarantine: QuarantineState;
  /** Absent before a round of a race was decided. */
  readonly race?: RaceState | undefined;
  /** Workers that were asked to end, in the order of that; absent: none was. */
  readonly draining?: readonly WorkerId[] | undefined;
}

/** The trials of a snapshot, which are as many as its packs know. @throws {RangeError} If not. */
export function coherentTrials({ sweep, trials, packs }: LedgerSnapshot): readonly Trial[] {
  if (trials.some(({ id }, index) => id !== index)) throw incoherentSnapshot(sweep, "a trial");
  const isKnown = (id: TrialId): boolean => trials[id] !== undefined;
  if (!packs.every((pack) => pack.trials.every(isKnown))) throw incoherentSnapshot(sweep, "a pack");
  return trials;
}

/** The counts of a sweep without trials. */
export function emptyCounts(): Record<TrialStatus, number> {
  return { queued: 0, running: 0, paused: 0, completed: 0, pruned: 0, failed: 0, cancelled: 0 };
}
