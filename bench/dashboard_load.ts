/**
 * Many readers of one dashboard while a journal grows: `deno run -A bench/dashboard_load.ts`. The
 * readers are programs that read the stream as a page does, not browsers; they, the writer, the
 * dashboard and nats-server are processes of one machine and share its processors. The same journal
 * without readers tells what of the memory is the journal's.
 */
import type { Heard } from "./dashboard_load/reader_process.ts";
import { type Round, runRound } from "./dashboard_load/round.ts";
import type { WriterReport } from "./dashboard_load/writer_process.ts";
import type { Benchmark, Measurement } from "./measurement.ts";

const CLIENTS = 50;
const POINTS_PER_SECOND = 5_000;
const SECONDS = 20;
const MOST_DELAY_MS = 1_000;
const MOST_BATCHES_PER_SECOND = 5;
/** What 50 streams may leave behind: far below one batch for each second and client. */
const MOST_GROWTH_MB = 5;

/** The load of many clients. */
export const dashboardLoadBench: Benchmark = {
  name: "dashboard-load",
  about: `${CLIENTS} stream readers (programs, not browsers) while ${
    POINTS_PER_SECOND.toLocaleString("en")
  } curve points a second arrive`,
  run: () => measureLoad(Number(Deno.env.get("TRAWL_BENCH_SECONDS") ?? SECONDS)),
};

async function* measureLoad(seconds: number): AsyncIterable<Measurement> {
  const alone = await runRound({ clients: 0, pointsPerSecond: POINTS_PER_SECOND, seconds });
  const loaded = await runRound({ clients: CLIENTS, pointsPerSecond: POINTS_PER_SECOND, seconds });
  yield* told(loaded);
  yield* remembered(loaded, alone);
  const share = (round: Round): number => 100 * round.processors;
  yield line("processor of the dashboard", share(loaded), { unit: "% of one core" });
  yield line("processor of the dashboard without clients", share(alone), { unit: "% of one core" });
  yield line("load of the machine", loaded.load, {
    unit: `on ${navigator.hardwareConcurrency} cores`,
  });
}

function* told({ report, heard }: Round): Iterable<Measurement> {
  const delays = heard.flatMap((one) => delaysOf(report, one)).sort((a, b) => a - b);
  const quantile = (q: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(q * delays.length))] ?? NaN;
  const last = report.firstSequence + report.appendedAt.length - 1;
  const behind = heard.filter(({ batches }) => (batches.at(-1)?.[1] ?? 0) < last).length;
  const sum = (of: (one: Heard) => number): number => heard.reduce((n, one) => n + of(one), 0);
  const sent = sum(({ bytes }) => bytes) / report.seconds / 1e6;
  const late = { unit: "ms", most: MOST_DELAY_MS };
  yield line("points journalled", report.points / report.seconds, { unit: "points/s" });
  yield line("from the append to a client, median", quantile(0.5), { unit: "ms" });
  yield line("from the append to a client, 99th percentile", quantile(0.99), late);
  yield line("from the append to a client, longest", delays.at(-1) ?? NaN, { unit: "ms" });
  yield line("batches told to a client, mean", sum(batchRate) / heard.length, {
    unit: "a second",
    most: MOST_BATCHES_PER_SECOND,
  });
  yield line("sent to all clients", sent, { unit: "MB/s" });
  yield line("did not hear the last entry", behind, { unit: "clients", most: 0 });
  yield line("had to start over", sum(({ resyncs }) => resyncs), { unit: "times", most: 0 });
}

/** From its first batch to its last. */
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

function* remembered(loaded: Round, alone: Round): Iterable<Measurement> {
  const rounds = [["", loaded], [" without clients", alone]] as const;
  for (const [which, { resident }] of rounds) {
    const parts = [["first tenth", 0], ["middle", 0.45], ["last tenth", 0.9]] as const;
    for (const [part, from] of parts) {
      const value = mean(resident, { from, to: from + 0.1 });
      yield line(`resident memory${which}, ${part}`, value, { unit: "MB" });
    }
  }
  for (const [which, { heap: [before, after] }] of rounds) {
    yield line(`what lives${which}, before`, livesIn(before), { unit: "MB" });
    yield line(`what lives${which}, after`, livesIn(after), { unit: "MB" });
  }
  const grown = ({ heap: [before, after] }: Round): number => livesIn(after) - livesIn(before);
  yield line("grown by a point of the journal", grown(alone) * 2 ** 20 / alone.report.points, {
    unit: "bytes",
  });
  yield line("grown by the clients, beyond the journal", grown(loaded) - grown(alone), {
    unit: "MB",
    most: MOST_GROWTH_MB,
  });
}

function livesIn({ heapBytes, externalBytes }: Round["heap"][number]): number {
  return (heapBytes + externalBytes) / 2 ** 20;
}

function mean(values: readonly number[], part: { readonly from: number; readonly to: number }) {
  const some = values.slice(
    Math.floor(part.from * values.length),
    Math.ceil(part.to * values.length),
  );
  return some.reduce((sum, one) => sum + one, 0) / some.length;
}

function line(
  name: string,
  value: number,
  { unit, most }: { readonly unit: string; readonly most?: number },
): Measurement {
  const rounded = Number(value.toPrecision(3));
  const target = most === undefined
    ? null
    : `≤ ${most.toLocaleString("en")}: ${rounded <= most ? "holds" : "MISSED"}`;
  const bench = dashboardLoadBench.name;
  return { bench, name, value: rounded, unit, baseline: null, ratio: null, target };
}

if (import.meta.main) {
  console.log(dashboardLoadBench.about);
  for await (const { name, value, unit, target } of dashboardLoadBench.run()) {
    console.log(`  ${name}: ${value} ${unit}${target === null ? "" : `  target ${target}`}`);
  }
}
