/** The counters of this machine and process at one time. */
import { cpus } from "node:os";

/** Ticks only ever grow: what happened between two readings is their difference. */
export interface HostReading {
  readonly processors: number;
  readonly busyTicks: number;
  readonly totalTicks: number;
  readonly memory: { readonly usedBytes: number; readonly totalBytes: number };
  readonly processBytes: number;
}

/** Asks the operating system. @throws {Deno.errors.NotCapable} If this process may not. */
export function readHost(): HostReading {
  const processors = cpus();
  let busyTicks = 0;
  let totalTicks = 0;
  for (const { times: { user, nice, sys, irq, idle } } of processors) {
    const busy = user + nice + sys + irq;
    busyTicks += busy;
    totalTicks += busy + idle;
  }
  const { total, available } = Deno.systemMemoryInfo();
  return {
    processors: processors.length,
    busyTicks,
    totalTicks,
    memory: { usedBytes: Math.max(0, total - available), totalBytes: total },
    processBytes: Deno.memoryUsage().rss,
  };
}
