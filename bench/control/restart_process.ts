/** A coordinator's restart as a process of its own: from a connection to a ledger and a writer. */
import { systemTimers } from "../../cli/system_timers.ts";
import { recoverSweep } from "../../coordinator/recovery/recover_sweep.ts";
import { SnapshotKeeper } from "../../coordinator/recovery/snapshot_keeper.ts";
import { parseSweepId } from "../../core/domain/ids.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { usageOf } from "./process_usage.ts";
import { LEASE_MS } from "./load.ts";
import type { RestartReport } from "./rig.ts";

/** Restarts a sweep, leaves a snapshot for the next restart, and prints a `RestartReport`. */
async function restart(url: string, name: string): Promise<void> {
  const target = parseNatsTarget(url);
  await using transport = await openTransport(target, { name: "coordinator", leaseMs: LEASE_MS });
  const sweep = parseSweepId(name);
  const before = usageOf(Deno.pid);
  const startedAt = performance.now();
  const recovered = await recoverSweep(sweep, transport);
  if (recovered === null) throw new Error("Cannot measure a restart: there is no journal");
  const { ledger, times, sequence, entries, from } = recovered;
  await transport.openWriter(sweep, { after: sequence });
  const wallMs = performance.now() - startedAt;
  const usage = usageOf(Deno.pid);
  const report: RestartReport = {
    entries,
    from: from.kind,
    wallMs,
    cpuMs: usage === null || before === null ? null : 1000 * (usage.cpuSeconds - before.cpuSeconds),
    heapBytes: heapInUse(),
    residentBytes: Deno.memoryUsage().rss,
  };
  console.log(JSON.stringify(report));
  // As a coordinator that ends leaves it for the next.
  const streamEpoch = await transport.journal.streamEpoch();
  const position = { sequence, times };
  await new SnapshotKeeper({ ...transport, streamEpoch, position, timers: systemTimers })
    .saveLast(ledger);
}

/** The heap without what nobody refers to; the process is started with `--expose-gc` for it. */
function heapInUse(): number {
  const { gc } = globalThis as { readonly gc?: () => void };
  gc?.();
  return Deno.memoryUsage().heapUsed;
}

if (import.meta.main) {
  const [url = "", name = ""] = Deno.args;
  await restart(url, name);
  Deno.exit(0);
}
