/** The real coordinator and many workers in one process, without a server, on a simulated clock. */
import { coordinate } from "../../coordinator/coordinate.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { parseSweepId, parseWorkerId, type WorkerId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import { epoch, milliseconds } from "../../core/domain/units.ts";
import type { ApiReplies, ApiRequests, ApiVerb, PackLease } from "../../core/protocol/messages.ts";
import type { ApiCall } from "../../core/protocol/ports.ts";
import type { Presence } from "../../core/protocol/presence.ts";
import { Mailbox } from "./mailbox.ts";
import { LEASE_MS, type Load, madeUpDataset, specOf } from "./load.ts";
import { SimulatedClock } from "./simulated_clock.ts";

/** Training of one epoch, on the simulated clock: at least and at most. */
const EPOCH_MS = [500, 2_000] as const;

/** Runs a load to its end. @returns Milliseconds of real time for all of it. */
export async function simulate(load: Load): Promise<number> {
  const sweep = parseSweepId(load.name);
  const versions = { trawl: "bench", deno: Deno.version.deno };
  const clock = new SimulatedClock();
  const calls = new Mailbox<ApiCall | null>();
  const leases = new Mailbox<PackLease>();
  const workers = Array.from({ length: load.workers }, (_, i) => parseWorkerId(`worker-${i}`));
  const { ledger } = createSweep(
    { sweep, spec: specOf(load), dataset: madeUpDataset, versions },
    clock.now(),
  );
  let sequence = 1;
  let isOver = false;
  const startedAt = performance.now();
  const coordinating = coordinate(ledger, {
    writer: { append: () => Promise.resolve(++sequence) },
    api: { calls: ({ signal }) => callsUntil(signal, calls) },
    queue: {
      publish: (lease) => Promise.resolve(leases.put(lease)),
      purge: () => Promise.resolve(),
      waiting: () => Promise.resolve({ sweeps: [], through: 0 }),
    },
    presence: {
      put: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      list: () => Promise.resolve(workers.map((worker) => presenceOf(worker, clock))),
    },
    timers: clock,
  }, { coordinator: "bench", versions, leaseMs: LEASE_MS, signal: new AbortController().signal });
  const end = coordinating.finally(() => {
    isOver = true;
  });
  for (const worker of workers) {
    // They wait for one more lease when the sweep is over, for ever.
    void new SimulatedWorker(worker, { clock, calls, leases }).run();
  }
  await clock.run(() => isOver);
  const outcome = await end;
  if (outcome !== "completed" || ledger.counts.completed !== load.trials) {
    throw new Error(`Cannot use this run: ${outcome}, ${ledger.counts.completed} completed`);
  }
  return performance.now() - startedAt;
}

interface Surroundings {
  readonly clock: SimulatedClock;
  /** Null: nobody listens any more. */
  readonly calls: Mailbox<ApiCall | null>;
  readonly leases: Mailbox<PackLease>;
}

/** Trains one pack after the other, as a slot with one lease at a time. */
class SimulatedWorker {
  readonly #worker: WorkerId;
  readonly #in: Surroundings;
  readonly #rng: ReturnType<typeof createRng>;

  constructor(worker: WorkerId, surroundings: Surroundings) {
    this.#worker = worker;
    this.#in = surroundings;
    this.#rng = createRng(1, worker);
  }

  async run(): Promise<never> {
    for (let sequence = 1;; sequence++) {
      const { sweep, pack } = await this.#in.leases.take();
      const head = { v: 1, sweep, pack, worker: this.#worker } as const;
      const delivery = { sequence, count: 1 };
      const grant = await this.#ask("claim", { ...head, backend: "none", delivery });
      if (grant.type === "granted") await this.#train(head, grant);
    }
  }

  async #train(
    head: Omit<ApiRequests["renew"], "attempt">,
    { attempt, lanes }: Extract<ApiReplies["claim"], { readonly type: "granted" }>,
  ): Promise<void> {
    const epochs = Number(lanes[0]?.hyperparameters.epochs);
    const trials = lanes.map(({ trial }) => trial);
    const ref = { ...head, attempt };
    const metrics = { train_loss: 0.5, val_loss: 0.5, val_accuracy: 0.5 };
    for (let n = 1; n <= epochs; n++) {
      const [least, most] = EPOCH_MS;
      const durationMs = milliseconds(least + this.#rng.below(most - least));
      await this.#in.clock.sleep(durationMs);
      const measured = trials.map((trial) => ({ trial, kind: "measured", metrics }) as const);
      const record = { epoch: epoch(n), durationMs, lanes: measured };
      await this.#ask("report", { ...ref, epochs: [record] });
    }
    const trained = {
      kind: "trained",
      epoch: epoch(epochs),
      metrics,
      result: null,
      model: null,
    } as const;
    await this.#ask("finished", { ...ref, lanes: trials.map((trial) => ({ trial, ...trained })) });
  }

  #ask<V extends ApiVerb>(verb: V, body: ApiRequests[V]): Promise<ApiReplies[V]> {
    const { promise, resolve } = Promise.withResolvers<ApiReplies[V]>();
    // Verb and body belong together here, which the compiler cannot see in a union.
    this.#in.calls.put({ verb, body, respond: resolve } as unknown as ApiCall);
    return promise;
  }
}

async function* callsUntil(
  signal: AbortSignal | undefined,
  calls: Mailbox<ApiCall | null>,
): AsyncGenerator<ApiCall, void, void> {
  signal?.addEventListener("abort", () => calls.put(null), { once: true });
  for (let call = await calls.take(); call !== null; call = await calls.take()) yield call;
}

function presenceOf(worker: WorkerId, clock: SimulatedClock): Presence {
  return {
    v: 1,
    worker,
    host: "bench",
    pid: 1,
    version: "bench",
    backend: "none",
    reason: "",
    refused: [],
    slots: 1,
    startedAt: clock.now(),
    draining: false,
    packs: [],
    laneStepsPerSecond: 0,
    trialsFinished: 0,
    at: clock.now(),
  };
}
