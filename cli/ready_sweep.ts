/** A sweep that this process may coordinate: begun anew, or taken over where it was left. */
import { getLogger } from "@logtape/logtape";
import { hostname } from "node:os";
import { createSweep } from "../coordinator/create_sweep.ts";
import { ModelKeeper } from "../coordinator/model_keeper.ts";
import { plannedTrials } from "../coordinator/plan_trials.ts";
import { type RecoveredSweep, recoverSweep } from "../coordinator/recovery/recover_sweep.ts";
import { type JournalPosition, SnapshotKeeper } from "../coordinator/recovery/snapshot_keeper.ts";
import type { SweepId } from "../core/domain/ids.ts";
import type { DatasetSummary, SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import type { SweepSpec } from "../core/domain/sweep_spec.ts";
import { beginTimes, foldTimes } from "../core/domain/sweep_times.ts";
import type { Transport } from "../core/nats/transport.ts";
import type { ApiServer, JournalWriter, Timers, Waiting } from "../core/protocol/ports.ts";
import { UserError } from "./exit_code.ts";
import { newSweepId, newWorkerId } from "./new_id.ts";
import { versions } from "./versions.ts";

/** An entry must fit in a message of the server. */
const FACTS_AN_ENTRY = 500;
const logger = getLogger(["trawl", "cli"]);

/** What a coordinator begins with. */
export interface ReadySweep {
  /** Its name in the journal. */
  readonly coordinator: string;
  /** Whether the journal tells of its start already. */
  readonly hasStarted: boolean;
  readonly ledger: SweepLedger;
  readonly writer: JournalWriter;
  readonly api: ApiServer;
  readonly snapshots: SnapshotKeeper;
  readonly models: ModelKeeper;
  /** The journal's last entry when it was made ready. */
  readonly sequence: number;
}

/** Journals a new sweep. */
export async function beginSweep(
  { spec, dataset }: { readonly spec: SweepSpec; readonly dataset: DatasetSummary },
  transport: Transport,
  timers: Timers,
): Promise<ReadySweep> {
  const now = timers.now();
  const sweep = newSweepId(spec.name, new Date(now));
  const { entry, ledger } = createSweep({ sweep, spec, dataset, versions: versions() }, now);
  // Who sees the journal must not find it without a coordinator, and take it over.
  const api = listenEarly(transport, sweep);
  const writer = await transport.openWriter(sweep, { after: 0 });
  const position = { sequence: await writer.append(entry), times: beginTimes(entry) };
  const snapshots = await keeperAt(position, transport, timers);
  const models = new ModelKeeper({ artifacts: transport.artifacts, timers });
  const { sequence } = position;
  const own = { coordinator: ownName(), hasStarted: false };
  return { ...own, ledger, writer, api, snapshots, models, sequence };
}

/**
 * The sweep's state from its snapshot and the journal after it.
 * @throws {UserError} If it has no journal.
 */
export async function recoverExisting(
  sweep: SweepId,
  transport: Transport,
  options: Waiting = {},
): Promise<RecoveredSweep> {
  const recovered = await recoverSweep(sweep, transport, options);
  if (recovered === null) throw new UserError(`Cannot resume sweep "${sweep}": it has no journal`);
  const { from, entries } = recovered;
  if (from.kind === "snapshot") {
    logger.info("Restored {sweep} from its snapshot of entry {sequence} and {entries} after it", {
      sweep,
      sequence: from.sequence,
      entries,
    });
  } else {
    logger.info("Restored {sweep} from all {entries} entries of its journal: {reason}", {
      sweep,
      entries,
      reason: from.reason,
    });
  }
  return recovered;
}

/**
 * Goes on with a sweep that nobody coordinates, after journalling what was decided beforehand; a
 * paused one goes on, too, since that was asked for.
 * @throws {JournalConflictError} If somebody has written since it was recovered.
 */
export async function takeOver(
  { ledger, times, sequence: known }: RecoveredSweep,
  transport: Transport,
  { timers, events }: { readonly timers: Timers; readonly events: readonly SweepEvent[] },
): Promise<ReadySweep> {
  const api = listenEarly(transport, ledger.id);
  const writer = await transport.openWriter(ledger.id, { after: known });
  let position: JournalPosition = { sequence: known, times };
  const facts = [...events];
  if (ledger.status === "paused") facts.push({ type: "sweepResumed", by: "cli" });
  const coordinator = ownName();
  const hasStarted = facts.length > 0;
  // First, because until then nobody worked on the sweep: that time is no part of how long it took.
  if (hasStarted) {
    facts.unshift({ type: "coordinatorStarted", coordinator, versions: versions() });
  }
  for (let first = 0; first < facts.length; first += FACTS_AN_ENTRY) {
    const chunk = facts.slice(first, first + FACTS_AN_ENTRY);
    const entry = { v: 1, at: timers.now(), events: chunk } as const;
    position = { sequence: await writer.append(entry), times: foldTimes(position.times, entry) };
    for (const fact of chunk) ledger.apply(fact);
  }
  const snapshots = await keeperAt(position, transport, timers);
  const models = new ModelKeeper({ artifacts: transport.artifacts, timers });
  const { sequence } = position;
  return { coordinator, hasStarted, ledger, writer, api, snapshots, models, sequence };
}

/**
 * A container that is started again has the same pid: the queue must not take the offers of this
 * process for repeated ones of the last.
 */
function ownName(): string {
  return newWorkerId(hostname(), Deno.pid);
}

/** `12 of 24 trials done`, and what else is to be known of a sweep that goes on. */
export function describeProgress({ counts, spec, status }: SweepLedger): string {
  const done = counts.completed + counts.pruned + counts.failed + counts.cancelled;
  const planned = Math.max(counts.asked, plannedTrials(spec));
  return `${done} of ${planned} trials done${status === "paused" ? "; it was paused" : ""}`;
}

async function keeperAt(
  position: JournalPosition,
  { journal, index, artifacts }: Transport,
  timers: Timers,
): Promise<SnapshotKeeper> {
  const streamEpoch = await journal.streamEpoch();
  return new SnapshotKeeper({ index, artifacts, streamEpoch, position, timers });
}

/** Requests that come from here on wait until the coordinator takes them. */
function listenEarly(transport: Transport, sweep: SweepId): ApiServer {
  const end = new AbortController();
  const calls = transport.serveApi(sweep).calls({ signal: end.signal });
  return {
    calls: ({ signal }) => {
      if (signal?.aborted) end.abort();
      signal?.addEventListener("abort", () => end.abort(), { once: true });
      return calls;
    },
  };
}
