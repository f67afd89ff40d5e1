/** A coordinator's restart as a process of its own: from a connection to a ledger and a writer. */
import { parseSweepId } from "../../core/domain/ids.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { usageOf } from "./process_usage.ts";
import { LEASE_MS } from "./load.ts";
import type { RestartReport } from "./rig.ts";

/** Restarts a sweep and prints a `RestartReport`. */
async function restart(url: string, name: string): Promise<void> {
  const target = parseNatsTarget(url);
  await using transport = await openTransport(target, { name: "coordinator", leaseMs: LEASE_MS });
  const sweep = parseSweepId(name);
  const before = usageOf(Deno.pid);
  const startedAt = performance.now();
  let ledger: SweepLedger | null = null;
  let after = 0;
  let reports = 0;
  for await (const { sequence, entry } of transport.journal.read(sweep)) {
    after = sequence;
    for (const event of entry.events) {
      if (event.type === "sweepCreated") ledger = new SweepLedger(event);
      else ledger?.apply(event);
      if (event.type === "epochReported") reports++;
    }
  }
  if (ledger === null) throw new Error("Cannot measure a restart: there is no journal");
  await transport.openWriter(sweep, { after });
  const wallMs = performance.now() - startedAt;
  const usage = usageOf(Deno.pid);
  const report: RestartReport = {
    reports,
    running: ledger.counts.running,
    wallMs,
    cpuMs: usage === null || before === null ? null : 1000 * (usage.cpuSeconds - before.cpuSeconds),
    heapBytes: heapInUse(),
    residentBytes: Deno.memoryUsage().rss,
  };
  console.log(JSON.stringify(report));
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
