/** Whether what is asked for was begun before and left: then it goes on instead of starting anew. */
import { isDeepStrictEqual } from "node:util";
import { type RecoveredSweep, recoverSweep } from "../coordinator/recovery/recover_sweep.ts";
import { isOver } from "../core/domain/sweep.ts";
import type { DatasetSummary } from "../core/domain/sweep_event.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import type { Milliseconds } from "../core/domain/units.ts";
import type { Transport } from "../core/nats/transport.ts";
import { probeCoordinator } from "../core/protocol/coordinator_probe.ts";
import type { Waiting } from "../core/protocol/ports.ts";
import { type CatalogEntry, readCatalog } from "./sweep_catalog.ts";

/**
 * The newest sweep of the name, if it is the very same, is not over, and nobody coordinates it. One
 * whose coordinator listens but does not answer is left alone: it may come back.
 */
export async function findUnfinished(
  { spec, dataset }: { readonly spec: SweepSpec; readonly dataset: DatasetSummary },
  transport: Transport,
  options: Waiting & { readonly timeoutMs?: Milliseconds } = {},
): Promise<RecoveredSweep | null> {
  const catalog = await readCatalog(transport, options);
  const newest = catalog.find(({ name }) => name === spec.name);
  if (newest === undefined) return null;
  if (await isKnownToBeOver(newest, transport, options)) return null;
  const { kind } = await probeCoordinator(transport.api, newest.sweep, options);
  if (kind !== "absent") return null;
  const recovered = await recoverSweep(newest.sweep, transport, options);
  if (recovered === null || isOver(recovered.ledger.status)) return null;
  const { ledger } = recovered;
  const isSame = ledger.dataset.digest === dataset.digest && isEqual(ledger.spec, spec);
  return isSame ? recovered : null;
}

/** By its line in the index alone; an old one may be of before the sweep was reopened. */
async function isKnownToBeOver(
  { sweep, record }: CatalogEntry,
  { journal }: Pick<Transport, "journal">,
  options: Waiting,
): Promise<boolean> {
  if (record === null || !isOver(record.state)) return false;
  return record.sequence === await journal.lastSequence(sweep, options);
}

/** As the journal would have them. */
function isEqual(known: SweepSpec, asked: SweepSpec): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(known)), JSON.parse(JSON.stringify(asked)));
}
