/** Which sweeps there are: from the index, and from a journal's first entry where it has none. */
import type { SweepId } from "../core/domain/ids.ts";
import type { Instant } from "../core/domain/units.ts";
import type { Transport } from "../core/nats/transport.ts";
import type { Waiting } from "../core/protocol/ports.ts";
import type { SweepRecord } from "../core/protocol/sweep_record.ts";

/** What the catalog is made from. */
export type CatalogSources = Pick<Transport, "journal" | "index">;

/** A sweep that has a journal. */
export interface CatalogEntry {
  readonly sweep: SweepId;
  readonly name: string;
  readonly createdAt: Instant;
  /** Its line in the index, which may be old; null if it has none. */
  readonly record: SweepRecord | null;
}

/** All sweeps, the newest first. */
export async function readCatalog(
  { journal, index }: CatalogSources,
  options: Waiting = {},
): Promise<readonly CatalogEntry[]> {
  const ids = await journal.sweeps(options);
  if (ids.length === 0) return [];
  const streamEpoch = await journal.streamEpoch(options);
  const records = new Map<SweepId, SweepRecord>();
  for (const record of await index.list(options)) {
    // A journal that was made anew has nothing to do with what was said of the old one.
    if (record.streamEpoch === streamEpoch) records.set(record.sweep, record);
  }
  const entries: CatalogEntry[] = [];
  for (const sweep of ids) {
    const record = records.get(sweep);
    const entry = record === undefined
      ? await firstEntry(journal, sweep, options)
      : { sweep, name: record.name, createdAt: record.times.createdAt, record };
    if (entry !== null) entries.push(entry);
  }
  return entries.sort((a, b) => b.createdAt - a.createdAt);
}

async function firstEntry(
  journal: Transport["journal"],
  sweep: SweepId,
  options: Waiting,
): Promise<CatalogEntry | null> {
  for await (const { entry } of journal.read(sweep, options)) {
    const [created] = entry.events;
    if (created?.type !== "sweepCreated") return null;
    return { sweep, name: created.spec.name, createdAt: entry.at, record: null };
  }
  return null;
}
