/**
 * Many readers of one dashboard while a journal grows: `deno run -A bench/dashboard_load.ts`. The
 * readers are programs that read the stream as a page does, not browsers; they, the writer, the
 * dashboard and nats-server are processes of one machine and share its processors.
 */
import { TestNatsServer } from "../tests/support/nats_server.ts";
import { Child } from "./dashboard_load/child.ts";
import type { Heard } from "./dashboard_load/reader_process.ts";
import type { WriterReport } from "./dashboard_load/writer_process.ts";
import type { Benchmark, Measurement } from "./measurement.ts";

const CLIENTS = 50;
const READERS = 5;
const POINTS_PER_SECOND = 5_000;
const SECONDS = 60;
/** What is under way when the writer stops may still come. */
const LINGER_MS = 3_000;

/** The load of many clients. */
export const dashboardLoadBench: Benchmark = {
  name: "dashboard-load",
  about: `${CLIENTS} stream readers (programs, not browsers) while ${
    POINTS_PER_SECOND.toLocaleString("en")
  } curve points a second arrive`,
  run: () => measureLoad(Number(Deno.env.get("TRAWL_BENCH_SECONDS") ?? SECONDS)),
};

async function* measureLoad(seconds: number): AsyncIterable<Measurement> {
  await using server = await TestNatsServer.start();
  const ask = [server.url, String(POINTS_PER_SECOND), String(seconds)];
  await using writer = new Child("writer_process.ts", ask);
  await writer.line();
  await using dashboard = new Child("../../main.ts", [
    "dashboard",
    ...["--nats", server.url, "--port", "0"],
  ], { says: "stderr" });
  const url = await addressOf(dashboard);
  await using readers = new AsyncDisposableStack();
  const each = Array.from(
    { length: READERS },
    () => readers.use(new Child("reader_process.ts", [url, String(CLIENTS / READERS)])),
  );
  await streamsOpen(url);
  const memory: number[] = [];
  const residentMb = (): number => (dashboard.usage?.residentBytes ?? NaN) / 2 ** 20;
  const before = dashboard.usage?.cpuSeconds ?? NaN;
  await writer.nudge();
  const sampling = setInterval(() => memory.push(residentMb()), 1_000);
  const report: WriterReport = JSON.parse(
    await writer.line().finally(() => clearInterval(sampling)),
  );
  const cpuShare = ((dashboard.usage?.cpuSeconds ?? NaN) - before) / report.seconds;
  await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
  for (const reader of each) await reader.nudge();
  const heard: Heard[] = [];
  for (const reader of each) heard.push(...JSON.parse(await reader.line()));
  yield* told(report, heard);
  yield* remembered(memory);
  yield plain("processor of the dashboard", 100 * cpuShare, "% of one core", null);
}

async function addressOf(dashboard: Child): Promise<string> {
  for (;;) {
    const url = /Dashboard: (http:\S+)/.exec(await dashboard.line())?.[1];
    if (url !== undefined) return url;
  }
}

/** Readers open their streams within a moment of the first answer; a journal that grows would not wait. */
async function streamsOpen(url: string): Promise<void> {
  await (await fetch(`${url}healthz`)).body?.cancel();
  await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
}

function* told(report: WriterReport, heard: readonly Heard[]): Iterable<Measurement> {
  const delays = heard.flatMap((one) => delaysOf(report, one)).sort((a, b) => a - b);
  const quantile = (q: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(q * delays.length))] ?? NaN;
  const last = report.firstSequence + report.appendedAt.length - 1;
  const behind = heard.filter(({ batches }) => (batches.at(-1)?.[1] ?? 0) < last).length;
  const sum = (of: (one: Heard) => number): number => heard.reduce((n, one) => n + of(one), 0);
  yield plain("points journalled", report.points / report.seconds, "points/s", null);
  yield plain("from the append to a client, median", quantile(0.5), "ms", null);
  yield plain("from the append to a client, 99th percentile", quantile(0.99), "ms", "< 1,000 ms");
  yield plain("from the append to a client, longest", delays.at(-1) ?? NaN, "ms", null);
  const rate = sum(batchRate) / heard.length;
  yield plain("batches told to a client", rate, "a second", "≤ 5");
  yield plain(
    "sent to all clients",
    sum(({ bytes }) => bytes) / report.seconds / 1e6,
    "MB/s",
    null,
  );
  yield plain("clients that did not hear the last entry", behind, "clients", "0");
  yield plain("clients that had to start over", sum(({ resyncs }) => resyncs), "times", "0");
}

function batchRate({ batches }: Heard): number {
  const [first = NaN] = batches[0] ?? [];
  const [last = NaN] = batches.at(-1) ?? [];
  return 1000 * (batches.length - 1) / (last - first);
}

/** Of every entry, not of every batch: what waited for its batch waited. */
function delaysOf({ firstSequence, appendedAt }: WriterReport, { batches }: Heard): number[] {
  const delays: number[] = [];
  let next = firstSequence;
  for (const [at, sequence] of batches) {
    for (; next <= sequence; next++) {
      const appended = appendedAt[next - firstSequence];
      if (appended !== undefined) delays.push(at - appended);
    }
  }
  return delays;
}

function* remembered(memory: readonly number[]): Iterable<Measurement> {
  const mean = (from: number, to: number): number => {
    const part = memory.slice(Math.floor(from * memory.length), Math.ceil(to * memory.length));
    return part.reduce((sum, one) => sum + one, 0) / part.length;
  };
  yield plain("memory of the dashboard, first tenth", mean(0, 0.1), "MB", null);
  yield plain("memory of the dashboard, middle", mean(0.45, 0.55), "MB", null);
  yield plain("memory of the dashboard, last tenth", mean(0.9, 1), "MB", "flat");
}

function plain(name: string, value: number, unit: string, target: string | null): Measurement {
  const rounded = Number(value.toPrecision(3));
  const bench = dashboardLoadBench.name;
  return { bench, name, value: rounded, unit, baseline: null, ratio: null, target };
}

if (import.meta.main) {
  console.log(dashboardLoadBench.about);
  for await (const { name, value, unit, target } of dashboardLoadBench.run()) {
    console.log(`  ${name}: ${value} ${unit}${target === null ? "" : `  target ${target}`}`);
  }
}
