/** A server, a coordinator and workers in processes of their own, under a load; what each used. */
import { fileURLToPath } from "node:url";
import { connectNats } from "../../core/nats/connect.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { TestNatsServer } from "../../tests/support/nats_server.ts";
import { writeJournal } from "./journal_maker.ts";
import { LEASE_MS, type Load } from "./load.ts";
import { usageOf } from "./process_usage.ts";

/** What the coordinator's process prints. */
export type CoordinatorReport =
  | { readonly type: "begins"; readonly pid: number }
  | {
    readonly type: "ended";
    /** From the first plan to the last answer. */
    readonly wallMs: number;
    readonly cpuMs: number | null;
    readonly heapBytes: number;
    readonly residentBytes: number;
  };

/** What a load took. Processor times are null where the kernel does not tell them. */
export interface LoadUsage {
  readonly wallMs: number;
  readonly coordinatorCpuMs: number | null;
  readonly serverCpuMs: number | null;
  /** All workers together. */
  readonly workersCpuMs: number | null;
  readonly coordinatorHeapBytes: number;
  readonly coordinatorResidentBytes: number;
}

/** What a restarted coordinator's process prints. */
export interface RestartReport {
  readonly reports: number;
  readonly running: number;
  /** From an open connection to the right to write. */
  readonly wallMs: number;
  readonly cpuMs: number | null;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** Runs a load on a server of its own. */
export async function runLoad(load: Load): Promise<LoadUsage> {
  await using server = await TestNatsServer.start();
  const workers = Array.from(
    { length: load.workers },
    (_, i) => start("worker_process.ts", [`worker-${i}`, server.url], "inherit"),
  );
  const coordinator = start("coordinator_process.ts", [server.url, JSON.stringify(load)], "piped");
  const usageNow = () => ({
    server: cpuMs([server.pid]),
    workers: cpuMs(workers.map(({ pid }) => pid)),
  });
  try {
    const reports = reportsOf(coordinator);
    await nextReport(reports, "begins");
    const before = usageNow();
    const end = await nextReport(reports, "ended");
    const after = usageNow();
    return {
      wallMs: end.wallMs,
      coordinatorCpuMs: end.cpuMs,
      serverCpuMs: difference(after.server, before.server),
      workersCpuMs: difference(after.workers, before.workers),
      coordinatorHeapBytes: end.heapBytes,
      coordinatorResidentBytes: end.residentBytes,
    };
  } finally {
    const children = [coordinator, ...workers];
    for (const child of children) end(child);
    await Promise.all(children.map(({ status }) => status));
  }
}

/** Writes a load's journal on a server of its own, and restarts its coordinator there. */
export async function restartLoad(load: Load): Promise<RestartReport> {
  await using server = await TestNatsServer.start();
  // Only to create what is kept there.
  await using _ = await openTransport(parseNatsTarget(server.url), {
    name: "bench",
    leaseMs: LEASE_MS,
  });
  await using link = await connectNats(server.url, { name: "bench-journal" });
  await writeJournal(load, link.connection.jetstream());
  const { stdout } = await start("restart_process.ts", [server.url, load.name], "piped").output();
  return JSON.parse(new TextDecoder().decode(stdout)) as RestartReport;
}

function start(
  module: string,
  args: readonly string[],
  stdout: "inherit" | "piped",
): Deno.ChildProcess {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const flags = ["run", "--quiet", "--allow-all", "--v8-flags=--expose-gc", ...moreFlags()];
  return new Deno.Command(Deno.execPath(), {
    args: [...flags, path, ...args],
    stdin: "null",
    stdout,
  })
    .spawn();
}

/** `TRAWL_BENCH_FLAGS` goes to Deno in each process, such as `--preload` of a profiler. */
function moreFlags(): readonly string[] {
  return (Deno.env.get("TRAWL_BENCH_FLAGS") ?? "").split(" ").filter((flag) => flag !== "");
}

function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch {
    // It has ended by itself.
  }
}

async function* reportsOf({ stdout }: Deno.ChildProcess): AsyncGenerator<CoordinatorReport> {
  let rest = "";
  for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as CoordinatorReport;
  }
}

async function nextReport<T extends CoordinatorReport["type"]>(
  reports: AsyncGenerator<CoordinatorReport>,
  type: T,
): Promise<Extract<CoordinatorReport, { readonly type: T }>> {
  const { value } = await reports.next();
  if (value?.type !== type) throw new Error("Cannot measure: the coordinator's process has failed");
  return value as Extract<CoordinatorReport, { readonly type: T }>;
}

function cpuMs(pids: readonly number[]): number | null {
  let sum = 0;
  for (const pid of pids) {
    const usage = usageOf(pid);
    if (usage === null) return null;
    sum += 1000 * usage.cpuSeconds;
  }
  return sum;
}

function difference(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}
