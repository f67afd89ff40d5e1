/** A worker as light as it can be: the real role over real NATS, training in miniature. */
import { configure, getConsoleSink } from "@logtape/logtape";
import { hostname } from "node:os";
import { listenForInterruption } from "../../cli/interruption.ts";
import { systemTimers } from "../../cli/system_timers.ts";
import { classifyError } from "../../cli/exit_code.ts";
import { parseWorkerId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { runWorker } from "../../worker/run_worker.ts";
import { openTrainingThread } from "../../worker/training_thread.ts";
import { type NoiseOptions, NoisyApiClient, noisyQueue } from "./noisy_ports.ts";
import { obeySkews, readOrders, type WorkerOrders } from "./process_orders.ts";
import { LOOK_EVERY_MS, SkewedTimers } from "./skewed_timers.ts";

async function work(orders: WorkerOrders): Promise<void> {
  const { name, seed, leaseMs, noise, slots } = orders;
  const { isUnaware } = orders;
  const timers = new SkewedTimers(systemTimers, { isUnaware });
  if (isUnaware) setInterval(timers.now, LOOK_EVERY_MS);
  void obeySkews(timers);
  using interruption = listenForInterruption();
  using requests = await Deno.open(orders.requestsFile, { append: true, create: true });
  const options: NoiseOptions = {
    noise,
    rng: createRng(seed, "noise", name),
    onRequest: (verb) => void requests.writeSync(new TextEncoder().encode(verb.slice(0, 1))),
  };
  await using transport = await openTransport(parseNatsTarget(orders.nats), {
    name,
    leaseMs: milliseconds(leaseMs),
    signal: interruption.drain,
  });
  await runWorker({
    worker: parseWorkerId(name),
    host: hostname(),
    pid: Deno.pid,
    version: "0.0.0-chaos",
    slots,
    maxIdleMs: null,
    drain: interruption.drain,
    stop: interruption.stop,
  }, {
    queue: noisyQueue(transport.packs, options),
    api: new NoisyApiClient(transport.api, options),
    artifacts: transport.artifacts,
    presence: transport.presence,
    timers,
    openThread: () =>
      openTrainingThread({
        timers,
        module: new URL("./toy_thread.ts", import.meta.url),
        setup: {
          backend: "cpu",
          home: "/nonexistent",
          dataDir: null,
          checkpointEveryMs: milliseconds(0),
        },
      }),
  });
}

if (import.meta.main) {
  await configure({
    sinks: { console: getConsoleSink() },
    loggers: [
      { category: ["trawl"], lowestLevel: "warning", sinks: ["console"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["console"] },
    ],
  });
  try {
    await work(readOrders());
  } catch (error) {
    console.error(error);
    Deno.exit(classifyError(error).code);
  }
  Deno.exit(0);
}
