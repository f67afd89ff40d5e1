/** The first entry of a sweep's journal. */
import type { SweepId } from "../core/domain/ids.ts";
import type { DatasetSummary, JournalEntry, Versions } from "../core/domain/sweep_event.ts";
import { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import type { Instant } from "../core/domain/units.ts";
import { decode, encode } from "../core/protocol/codec.ts";
import { journalEntrySchema } from "../core/protocol/journal_schema.ts";

/** What a sweep begins with. */
export interface NewSweep {
  readonly sweep: SweepId;
  readonly spec: SweepSpec;
  readonly dataset: DatasetSummary;
  readonly versions: Versions;
}

/** The entry to append, and the ledger that folds it. */
export function createSweep(
  { sweep, spec, dataset, versions }: NewSweep,
  now: Instant,
): { readonly entry: JournalEntry; readonly ledger: SweepLedger } {
  const created = { type: "sweepCreated", sweep, spec, dataset, versions } as const;
  const asked: JournalEntry = { v: 1, at: now, events: [created] };
  // As every later reader gets it, so that the first coordinator folds the very same.
  const entry = decode(encode(asked), journalEntrySchema, { subject: `sweep "${sweep}"` });
  const [first] = entry.events;
  return { entry, ledger: new SweepLedger(first?.type === "sweepCreated" ? first : created) };
}
