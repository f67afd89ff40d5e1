/** Facts that are decided before a coordinator runs: written at once, and taken as true. */
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { Clock } from "../core/domain/units.ts";
import type { JournalWriter, Waiting } from "../core/protocol/ports.ts";
import { JournalCommitter } from "./journal_committer.ts";

/**
 * Journals the facts, in as many entries as they need, and folds them into the ledger.
 * @throws {JournalConflictError} If somebody coordinates the sweep by now.
 * @throws The signal's reason, if it aborts first; only some may have been written then.
 */
export async function appendFacts(
  events: readonly SweepEvent[],
  { ledger, writer }: { readonly ledger: SweepLedger; readonly writer: JournalWriter },
  { clock, signal }: Waiting & { readonly clock: Clock },
): Promise<void> {
  const committer = new JournalCommitter(writer, clock);
  committer.commit(events);
  await committer.run(AbortSignal.abort(), signal);
  for (const event of events) ledger.apply(event);
}
