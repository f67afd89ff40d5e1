/** One run of the load: a journal that grows, a dashboard that follows it, and its clients. */
import { TestNatsServer } from "../../tests/support/nats_server.ts";
import { Child } from "./child.ts";
import type { HeapReport } from "./dashboard_process.ts";
import type { Heard } from "./reader_process.ts";
import { LOAD_SWEEP, type WriterReport } from "./writer_process.ts";

/** How much is asked of it. */
export interface RoundOptions {
  readonly clients: number;
  readonly pointsPerSecond: number;
  readonly seconds: number;
}

/** What was seen. */
export interface Round {
  readonly report: WriterReport;
  readonly heard: readonly Heard[];
  /** Resident memory of the dashboard, once a second, in MB. */
  readonly resident: readonly number[];
  /** What lives in the dashboard before the journal grows, and after, with its clients still there. */
  readonly heap: readonly [before: HeapReport, after: HeapReport];
  /** Processor time of the dashboard for each second. */
  readonly processors: number;
  /** The machine's load at the end; readers, the writer and nats-server are part of it. */
  readonly load: number;
}

const READERS = 5;
/** What is under way when the writer stops may still come. */
const LINGER_MS = 2_000;
/** A journal that nobody watches is let go after a minute. */
const GLANCE_MS = 20_000;

/** Runs it, each part in a process of its own. */
export async function runRound(options: RoundOptions): Promise<Round> {
  const { clients, pointsPerSecond, seconds } = options;
  await using server = await TestNatsServer.start();
  const asked = [server.url, String(pointsPerSecond), String(seconds)];
  await using writer = new Child("writer_process.ts", asked);
  await writer.line();
  await using dashboard = new Child("dashboard_process.ts", [server.url], {
    flags: ["--v8-flags=--expose-gc"],
  });
  const url = (await dashboard.lineFrom("Dashboard: ")).slice("Dashboard: ".length);
  await using readers = new AsyncDisposableStack();
  const each = Array.from(
    { length: Math.min(READERS, clients) },
    () => readers.use(new Child("reader_process.ts", [url, String(clients / READERS)])),
  );
  for (const reader of each) await reader.line();
  const grown = await growth({ writer, dashboard, url });
  for (const reader of each) await reader.nudge();
  const heard: Heard[] = [];
  for (const reader of each) heard.push(...JSON.parse(await reader.line()));
  return { ...grown, heard };
}

async function growth(
  { writer, dashboard, url }: {
    readonly writer: Child;
    readonly dashboard: Child;
    readonly url: string;
  },
): Promise<Omit<Round, "heard">> {
  await glance(url);
  const before = await heapOf(dashboard);
  const resident: number[] = [];
  const used = (): number => dashboard.usage?.cpuSeconds ?? NaN;
  const usedBefore = used();
  await writer.nudge();
  const sampling = setInterval(
    () => resident.push((dashboard.usage?.residentBytes ?? NaN) / 2 ** 20),
    1_000,
  );
  const glances = setInterval(() => glance(url), GLANCE_MS);
  try {
    const report: WriterReport = JSON.parse(await writer.line());
    const processors = (used() - usedBefore) / report.seconds;
    const [load = NaN] = Deno.loadavg();
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    return { report, resident, heap: [before, await heapOf(dashboard)], processors, load };
  } finally {
    clearInterval(sampling);
    clearInterval(glances);
  }
}

/** Without clients, too, the journal is followed: what it costs by itself is to be seen. */
async function glance(url: string): Promise<void> {
  await (await fetch(`${url}api/v1/sweeps/${LOAD_SWEEP}/snapshot`)).body?.cancel();
}

async function heapOf(dashboard: Child): Promise<HeapReport> {
  await dashboard.nudge();
  return JSON.parse(await dashboard.lineFrom("{"));
}
