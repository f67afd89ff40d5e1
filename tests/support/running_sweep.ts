/** A sweep over a real server, with what tests of workers do to it. */
import { systemTimers } from "../../cli/system_timers.ts";
import { coordinate } from "../../coordinator/coordinate.ts";
import { ModelKeeper } from "../../coordinator/model_keeper.ts";
import { createSweep } from "../../coordinator/create_sweep.ts";
import { parseSweepId, parseWorkerId, type SweepId } from "../../core/domain/ids.ts";
import type { SweepEvent } from "../../core/domain/sweep_event.ts";
import { SweepLedger } from "../../core/domain/sweep_ledger.ts";
import type { SweepOutcome } from "../../core/domain/sweep.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { datasetRequestOf } from "../../worker/dataset_request.ts";
import { openDataset } from "../../worker/datasets/open_dataset.ts";
import { runWorker, type WorkerOptions, type WorkerSummary } from "../../worker/run_worker.ts";
import { openTrainingThread, type TrainingThreadOptions } from "../../worker/training_thread.ts";
import { TestNatsServer } from "./nats_server.ts";
import { DATASET } from "./specs.ts";

const VERSIONS = { trawl: "0.0.0-test", deno: "2" };
const SWEEP = parseSweepId("tested-1");
const HOME = "/nonexistent";

/** What a test wants to differ of a worker. */
export interface TestWorkerOptions extends Partial<WorkerOptions> {
  readonly module?: URL;
  readonly checkpointEveryMs?: Milliseconds;
  /** Given the worker's own connection. */
  readonly onTransport?: (transport: Transport) => void;
}

/** One sweep on a server of its own. */
export class RunningSweep implements AsyncDisposable {
  readonly #server: TestNatsServer;
  readonly #spec: SweepSpec;
  readonly #leaseMs: Milliseconds;
  readonly transport: Transport;
  readonly sweep: SweepId = SWEEP;

  private constructor(
    server: TestNatsServer,
    options: { readonly spec: SweepSpec; readonly leaseMs: Milliseconds; transport: Transport },
  ) {
    this.#server = server;
    this.#spec = options.spec;
    this.#leaseMs = options.leaseMs;
    this.transport = options.transport;
  }

  /** Starts a server and creates the sweep there. Nobody coordinates it yet. */
  static async create(
    spec: SweepSpec,
    options: { readonly leaseMs?: number; readonly digest?: string } = {},
  ): Promise<RunningSweep> {
    const leaseMs = milliseconds(options.leaseMs ?? 3_000);
    const server = await TestNatsServer.start();
    const transport = await open(server, "test", leaseMs);
    const digest = options.digest ?? await digestOf(spec);
    const dataset = { ...DATASET, digest };
    const { entry } = createSweep(
      { sweep: SWEEP, spec, dataset, versions: VERSIONS },
      systemTimers.now(),
    );
    await (await transport.openWriter(SWEEP, { after: 0 })).append(entry);
    return new RunningSweep(server, { spec, leaseMs, transport });
  }

  /** Coordinates from the journal on, until the sweep is over or the signal aborts. */
  async coordinate(signal: AbortSignal = new AbortController().signal): Promise<
    SweepOutcome | null
  > {
    await using transport = await open(this.#server, "coordinator", this.#leaseMs);
    let ledger: SweepLedger | null = null;
    let after = 0;
    for await (const { sequence, entry } of transport.journal.read(SWEEP)) {
      after = sequence;
      for (const event of entry.events) {
        if (event.type === "sweepCreated") ledger = new SweepLedger(event);
        else ledger?.apply(event);
      }
    }
    if (ledger === null) throw new Error("Cannot coordinate: the sweep was not created");
    const parts = {
      writer: await transport.openWriter(SWEEP, { after }),
      api: transport.serveApi(SWEEP),
      queue: transport.publisher,
      presence: transport.presence,
      timers: systemTimers,
      models: new ModelKeeper({ artifacts: transport.artifacts, timers: systemTimers }),
    };
    const coordinator = crypto.randomUUID();
    return await coordinate(ledger, parts, {
      coordinator,
      versions: VERSIONS,
      leaseMs: this.#leaseMs,
      signal,
    });
  }

  /** Runs a worker with a connection of its own until it ends. */
  async work(name: string, options: TestWorkerOptions = {}): Promise<WorkerSummary> {
    const { module, checkpointEveryMs = milliseconds(100), onTransport, ...change } = options;
    await using transport = await open(this.#server, name, this.#leaseMs);
    onTransport?.(transport);
    const never = new AbortController().signal;
    const thread: TrainingThreadOptions = {
      setup: { backend: "wasm", home: HOME, dataDir: null, checkpointEveryMs },
      timers: systemTimers,
      ...(module === undefined ? {} : { module }),
    };
    return await runWorker(
      {
        worker: parseWorkerId(name),
        host: "test",
        pid: Deno.pid,
        version: VERSIONS.trawl,
        maxIdleMs: milliseconds(2_000),
        drain: never,
        stop: never,
        ...change,
      },
      {
        queue: transport.packs,
        api: transport.api,
        artifacts: transport.artifacts,
        presence: transport.presence,
        timers: systemTimers,
        openThread: () => openTrainingThread(thread),
      },
    );
  }

  /** All events of the journal so far. */
  async events(): Promise<readonly SweepEvent[]> {
    const events: SweepEvent[] = [];
    for await (const { entry } of this.transport.journal.read(SWEEP)) events.push(...entry.events);
    return events;
  }

  /** Waits until an event of the journal satisfies the condition. */
  async seen(condition: (event: SweepEvent) => boolean, within: number = 60_000): Promise<void> {
    const signal = AbortSignal.timeout(within);
    for await (const { entry } of this.transport.journal.follow(SWEEP, { signal })) {
      if (entry.events.some(condition)) return;
    }
    throw new Error(`Cannot find the event that was waited for within ${within} ms`);
  }

  /** The ledger after all events so far. */
  async ledger(): Promise<SweepLedger> {
    const [created, ...others] = await this.events();
    if (created?.type !== "sweepCreated") throw new Error("Cannot read a ledger: no sweep");
    const ledger = new SweepLedger(created);
    for (const event of others) ledger.apply(event);
    return ledger;
  }

  /** How the sweep was asked for. */
  get spec(): SweepSpec {
    return this.#spec;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.transport[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
  }
}

function open(server: TestNatsServer, name: string, leaseMs: Milliseconds): Promise<Transport> {
  return openTransport(parseNatsTarget(server.url), { name, leaseMs });
}

/** The digest of a sweep's data. @throws {TypeError} If a module trains: its digest must be told. */
async function digestOf({ task, seed }: SweepSpec): Promise<string> {
  if (task.dataset === "module") throw new TypeError("Cannot open the data of a module");
  return (await openDataset(datasetRequestOf(task, seed), { home: HOME })).digest;
}
