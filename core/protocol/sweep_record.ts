/** What the index of sweeps holds: a line for each sweep, and where its last snapshot is. */
import type { SweepId } from "../domain/ids.ts";
import type { ObjectiveValue } from "../domain/objective.ts";
import type { SweepStatus } from "../domain/sweep.ts";
import type { LedgerCounts, LedgerSnapshot } from "../domain/sweep_ledger.ts";
import type { SweepTimes } from "../domain/sweep_times.ts";

/** Where a snapshot is, and how to know that it is the one. */
export interface SnapshotRef {
  /** The last entry that it folds. */
  readonly sequence: number;
  /** The name of its artifact. */
  readonly artifact: string;
  /** SHA-256 of the artifact, in hex. */
  readonly digest: string;
}

/**
 * A sweep as of one place of its journal. It may be old, but never wrong: whoever needs the present
 * reads the entries after `sequence`.
 */
export interface SweepRecord {
  readonly v: 1;
  readonly sweep: SweepId;
  readonly name: string;
  readonly state: SweepStatus;
  readonly trials: LedgerCounts;
  readonly times: SweepTimes;
  /** The name of the objective metric, and the best configuration's value; null: none yet. */
  readonly metric: string;
  readonly best: ObjectiveValue | null;
  /** The last journal entry that this line folds. */
  readonly sequence: number;
  /** The journal's stream: sequences of another one mean nothing here. */
  readonly streamEpoch: string;
  /** Null: none could be stored. */
  readonly snapshot: SnapshotRef | null;
}

/**
 * A snapshot's artifact. The version changes whenever the fold or a field changes its meaning:
 * snapshots of other versions are ignored, because the journal has all that they had.
 */
export interface SweepSnapshot {
  readonly v: 1;
  readonly sequence: number;
  readonly streamEpoch: string;
  readonly times: SweepTimes;
  readonly ledger: LedgerSnapshot;
}
