/** Writes made-up journals to a server: many publishes under way at a time. */
import type { NatsConnection } from "nats";
import type { SweepId } from "../../core/domain/ids.ts";
import type { JournalEntry } from "../../core/domain/sweep_event.ts";
import { journalSubject } from "../../core/protocol/subjects.ts";

/** Publishes that wait for their answer at a time. */
const UNDER_WAY = 256;

/** Appends entries in their order; the server must hold no other writer. Returns how many. */
export async function writeJournal(
  connection: NatsConnection,
  sweep: SweepId,
  entries: Iterable<JournalEntry>,
): Promise<number> {
  const stream = connection.jetstream({ timeout: 60_000 });
  const encoder = new TextEncoder();
  const waiting: Promise<unknown>[] = [];
  let count = 0;
  for (const entry of entries) {
    const body = encoder.encode(JSON.stringify(entry));
    waiting.push(stream.publish(journalSubject(sweep), body, { timeout: 60_000 }));
    count++;
    if (waiting.length >= UNDER_WAY) await Promise.all(waiting.splice(0));
  }
  await Promise.all(waiting);
  return count;
}

/** A journal that goes on, and who writes it. */
export interface Growing {
  readonly connection: NatsConnection;
  readonly sweep: SweepId;
  readonly entries: Iterator<JournalEntry>;
}
