/** A sweep's state out of what is stored: its last snapshot and the journal after it. */
import type { SweepId } from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { beginTimes, foldTimes, type SweepTimes } from "../../core/domain/sweep_times.ts";
import type { JournalReader, StoredEntry, Waiting } from "../../core/protocol/ports.ts";
import type { SweepSnapshot } from "../../core/protocol/sweep_record.ts";
import { findSnapshot, type SnapshotPlace } from "./snapshot_shelf.ts";

/** What a sweep's state is recovered from. */
export interface RecoveryParts extends SnapshotPlace {
  readonly journal: JournalReader;
}

/** A sweep as of its journal's last entry. */
export interface RecoveredSweep {
  readonly ledger: SweepLedger;
  readonly times: SweepTimes;
  /** The last entry that was folded: whoever writes goes on after it. */
  readonly sequence: number;
  /** Entries that were read. */
  readonly entries: number;
  /** Where the fold began; a journal's start, with the reason why there was nothing better. */
  readonly from:
    | { readonly kind: "snapshot"; readonly sequence: number }
    | { readonly kind: "start"; readonly reason: string };
}

/**
 * Folds what the last snapshot does not have; the whole journal where there is no snapshot, or one
 * that cannot be used. Both ways give the same state.
 *
 * @returns The state, or null if the sweep has no journal.
 * @throws {DecodeError} If an entry cannot be read.
 * @throws {RangeError} If the journal's entries cannot follow one another.
 * @throws The signal's reason, if it aborts first.
 */
export async function recoverSweep(
  sweep: SweepId,
  parts: RecoveryParts,
  options: Waiting = {},
): Promise<RecoveredSweep | null> {
  const { journal } = parts;
  const end = await journal.lastSequence(sweep, options);
  if (end === 0) return null;
  const streamEpoch = await journal.streamEpoch(options);
  const found = await findSnapshot(sweep, parts, { ...options, streamEpoch });
  if (found.kind === "unusable") return await fromStart(sweep, journal, { ...options, ...found });
  const { snapshot } = found;
  if (snapshot.sequence > end) {
    const reason = "the snapshot is ahead of the journal";
    return await fromStart(sweep, journal, { ...options, reason });
  }
  let fold: Fold;
  try {
    fold = Fold.restore(snapshot);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return await fromStart(sweep, journal, { ...options, reason });
  }
  for await (const stored of journal.read(sweep, { ...options, after: snapshot.sequence })) {
    fold.apply(stored);
  }
  return fold.result({ kind: "snapshot", sequence: snapshot.sequence });
}

async function fromStart(
  sweep: SweepId,
  journal: JournalReader,
  { reason, ...options }: Waiting & { readonly reason: string },
): Promise<RecoveredSweep | null> {
  let fold: Fold | null = null;
  for await (const stored of journal.read(sweep, options)) {
    if (fold === null) fold = Fold.begin(stored);
    else fold.apply(stored);
  }
  return fold?.result({ kind: "start", reason }) ?? null;
}

/** A ledger and its times under way. */
class Fold {
  readonly #ledger: SweepLedger;
  #times: SweepTimes;
  #sequence: number;
  #entries = 0;

  private constructor(ledger: SweepLedger, times: SweepTimes, sequence: number) {
    this.#ledger = ledger;
    this.#times = times;
    this.#sequence = sequence;
  }

  static restore({ ledger, times, sequence }: SweepSnapshot): Fold {
    return new Fold(SweepLedger.restore(ledger), times, sequence);
  }

  static begin({ sequence, entry }: StoredEntry): Fold {
    const [created, ...others] = entry.events;
    if (created?.type !== "sweepCreated") {
      throw new RangeError("Cannot read a journal: its first event must be sweepCreated");
    }
    const fold = new Fold(new SweepLedger(created), beginTimes(entry), sequence);
    for (const event of others) fold.#ledger.apply(event);
    fold.#entries = 1;
    return fold;
  }

  apply({ sequence, entry }: StoredEntry): void {
    for (const event of entry.events) this.#ledger.apply(event);
    this.#times = foldTimes(this.#times, entry);
    this.#sequence = sequence;
    this.#entries++;
  }

  result(from: RecoveredSweep["from"]): RecoveredSweep {
    return {
      ledger: this.#ledger,
      times: this.#times,
      sequence: this.#sequence,
      entries: this.#entries,
      from,
    };
  }
}
