/** A real worker with a training thread that trains nothing, as a process of its own. */
import { systemTimers } from "../../cli/system_timers.ts";
import { parseWorkerId } from "../../core/domain/ids.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport } from "../../core/nats/transport.ts";
import { runWorker } from "../../worker/run_worker.ts";
import { openTrainingThread } from "../../worker/training_thread.ts";
import { LEASE_MS } from "./load.ts";

/** Works until SIGTERM. */
async function work(name: string, url: string): Promise<void> {
  const drain = new AbortController();
  Deno.addSignalListener("SIGTERM", () => drain.abort(new Error("The benchmark is over")));
  await using transport = await openTransport(parseNatsTarget(url), { name, leaseMs: LEASE_MS });
  await runWorker({
    worker: parseWorkerId(name),
    host: "bench",
    pid: Deno.pid,
    version: "bench",
    maxIdleMs: null,
    drain: drain.signal,
    stop: new AbortController().signal,
  }, {
    queue: transport.packs,
    api: transport.api,
    artifacts: transport.artifacts,
    presence: transport.presence,
    timers: systemTimers,
    openThread: () =>
      openTrainingThread({
        setup: {
          backend: "auto",
          home: "/nonexistent",
          dataDir: null,
          checkpointEveryMs: milliseconds(60_000),
        },
        timers: systemTimers,
        module: new URL("./no_op_thread.ts", import.meta.url),
      }),
  });
}

if (import.meta.main) {
  const [name = "", url = ""] = Deno.args;
  await work(name, url);
  Deno.exit(0);
}
