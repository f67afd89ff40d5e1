/** A real coordinator as a process of its own: runs one sweep and prints what that took. */
import { systemTimers } from "../../cli/system_timers.ts";
import { coordinate } from "../../coordinator/coordinate.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { parseSweepId } from "../../core/domain/ids.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { usageOf } from "./process_usage.ts";
import { LEASE_MS, type Load, madeUpDataset, specOf } from "./load.ts";
import type { CoordinatorReport } from "./rig.ts";

/** Waits for the workers, runs the sweep and prints a `CoordinatorReport`. */
async function run(url: string, load: Load): Promise<void> {
  const target = parseNatsTarget(url);
  await using transport = await openTransport(target, { name: "coordinator", leaseMs: LEASE_MS });
  while ((await transport.presence.list()).length < load.workers) await delay(50);
  const sweep = parseSweepId(load.name);
  const versions = { trawl: "bench", deno: Deno.version.deno };
  const { entry, ledger } = createSweep(
    { sweep, spec: specOf(load), dataset: madeUpDataset, versions },
    systemTimers.now(),
  );
  const writer = await transport.openWriter(sweep, { after: 0 });
  await writer.append(entry);
  const before = usageOf(Deno.pid);
  const startedAt = performance.now();
  const ready: CoordinatorReport = { type: "begins", pid: Deno.pid };
  console.log(JSON.stringify(ready));
  const outcome = await coordinate(ledger, {
    writer,
    api: transport.serveApi(sweep),
    queue: transport.publisher,
    presence: transport.presence,
    timers: systemTimers,
  }, {
    coordinator: "bench",
    versions,
    leaseMs: LEASE_MS,
    expectedSlots: load.workers,
    signal: new AbortController().signal,
  });
  const wallMs = performance.now() - startedAt;
  const after = usageOf(Deno.pid);
  const { completed, failed } = ledger.counts;
  if (outcome !== "completed" || completed !== load.trials) {
    throw new Error(`Cannot use this run: ${outcome}, ${completed} completed, ${failed} failed`);
  }
  const report: CoordinatorReport = {
    type: "ended",
    wallMs,
    cpuMs: before === null || after === null ? null : 1000 * (after.cpuSeconds - before.cpuSeconds),
    heapBytes: Deno.memoryUsage().heapUsed,
    residentBytes: Deno.memoryUsage().rss,
  };
  console.log(JSON.stringify(report));
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

if (import.meta.main) {
  const [url = "", load = ""] = Deno.args;
  await run(url, JSON.parse(load) as Load);
  Deno.exit(0);
}
