/** What the control plane costs: the coordinator, its journal and its queue, without any training. */
import { type LoadUsage, restartLoad, runLoad } from "./control/rig.ts";
import { usageOf } from "./control/process_usage.ts";
import { simulate } from "./control/simulated_fleet.ts";
import type { Benchmark, Measurement } from "./measurement.ts";

const TRIALS = 10_000;
const WORKERS = 4;
const LANES = 16;
/** Metrics of a lane in an epoch: what `control/no_op_thread.ts` makes up. */
const METRICS = 3;
/** Of 1,000 trials with 1,000 epochs each. */
const REPORTS = 1_000_000;
/** What others need for a trial or do in a second, as published for their machines. */
const ANCHORS = { optunaJournalMs: 2.5, optunaJournalPoints: 2_640 } as const;

/** The costs of coordination, with real processes, and on a simulated clock. */
export const controlBench: Benchmark = {
  name: "control",
  about:
    `the control plane without training: nats-server, coordinator, ${WORKERS} worker processes`,
  run: measureControl,
};

async function* measureControl(): AsyncIterable<Measurement> {
  yield* measureTrials("alone", 1, "≤ 0.5 ms");
  yield* measureTrials(`in packs of ${LANES}`, LANES, "≤ 0.1 ms");
  yield* measurePoints();
  yield* measureMemory();
  yield* measureRestart();
  for (const workers of [10, 100, 1_000]) yield* measureSimulation(workers);
}

async function* measureTrials(
  how: string,
  maxLanes: number,
  target: string,
): AsyncIterable<Measurement> {
  const load = { name: "trials", trials: TRIALS, maxLanes, epochs: 1, workers: WORKERS };
  const usage = await runLoad(load);
  const milliseconds = usage.wallMs / TRIALS;
  const what = `${TRIALS} no-op trials ${how}`;
  yield {
    ...plain(`${what}, against Optuna's journal (Ray Tune: 9 ms)`, milliseconds, "ms a trial"),
    baseline: ANCHORS.optunaJournalMs,
    ratio: ANCHORS.optunaJournalMs / milliseconds,
    target,
  };
  yield* shares(what, usage, (ms) => [ms / TRIALS, "ms of processor a trial"]);
}

async function* measurePoints(): AsyncIterable<Measurement> {
  const load = { name: "points", trials: 512, maxLanes: LANES, epochs: 1_000, workers: WORKERS };
  const points = load.trials * load.epochs * METRICS;
  const usage = await runLoad(load);
  const rate = points / (usage.wallMs / 1000);
  const what = `metric points in packs of ${LANES}`;
  yield {
    ...plain(`${what} journalled, against Optuna's journal`, rate, "points/s"),
    baseline: ANCHORS.optunaJournalPoints,
    ratio: rate / ANCHORS.optunaJournalPoints,
    target: "≥ 300,000",
  };
  yield* shares(what, usage, (ms) => [1000 * ms / points, "µs of processor a point"]);
}

/** Who used the processor: their sum, shared out over the processors, bounds the rate. */
function* shares(
  what: string,
  { coordinatorCpuMs, serverCpuMs, workersCpuMs }: LoadUsage,
  express: (ms: number) => readonly [number, string],
): Iterable<Measurement> {
  const used = [
    ["coordinator", coordinatorCpuMs],
    ["nats-server", serverCpuMs],
    [`${WORKERS} workers`, workersCpuMs],
  ] as const;
  for (const [who, ms] of used) {
    if (ms !== null) yield plain(`${what}: ${who}`, ...express(ms));
  }
}

async function* measureMemory(): AsyncIterable<Measurement> {
  const load = { name: "memory", maxLanes: LANES, epochs: 1, workers: WORKERS };
  const [small] = await restartLoad({ ...load, trials: LANES }, 1);
  const [large] = await restartLoad({ ...load, trials: 100_000 }, 1);
  if (small === undefined || large === undefined) return;
  const heap = (large.heapBytes - small.heapBytes) / 1e6;
  const resident = (large.residentBytes - small.residentBytes) / 1e6;
  yield plain("heap for 100,000 trials", heap, "MB");
  yield plain(
    "resident memory for 100,000 trials after reading them from the journal",
    resident,
    "MB",
  );
}

async function* measureRestart(): AsyncIterable<Measurement> {
  const load = { name: "restart", trials: 1_000, maxLanes: 1, epochs: 1_000, workers: WORKERS };
  for (const { from, entries, wallMs, cpuMs } of await restartLoad(load, 2)) {
    const how = from === "start"
      ? "without a snapshot"
      : `with a snapshot, ${entries} entries after it`;
    const what = `restart after ${REPORTS} reports ${how}`;
    yield { ...plain(what, wallMs / 1000, "s"), target: from === "start" ? "≤ 30 s" : "≤ 3 s" };
    if (cpuMs !== null) yield plain(`${what}: coordinator`, cpuMs / 1000, "s of processor");
  }
}

async function* measureSimulation(workers: number): AsyncIterable<Measurement> {
  const trials = 100 * workers;
  const before = usageOf(Deno.pid);
  const wallMs = await simulate({ name: "simulated", trials, maxLanes: 1, epochs: 3, workers });
  const after = usageOf(Deno.pid);
  const ms = before === null || after === null
    ? wallMs
    : 1000 * (after.cpuSeconds - before.cpuSeconds);
  const what = `simulated: ${trials} trials of 3 epochs on ${workers} workers`;
  yield plain(what, 1000 * ms / trials, "µs of processor a trial");
}

function plain(name: string, value: number, unit: string): Measurement {
  const rounded = Number(value.toPrecision(3));
  return {
    bench: "control",
    name,
    value: rounded,
    unit,
    baseline: null,
    ratio: null,
    target: null,
  };
}
