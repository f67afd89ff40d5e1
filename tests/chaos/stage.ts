/** The real processes of one scenario: a NATS server, coordinators, workers, and an observer. */
import { parseSweepId, type SweepId } from "../../core/domain/ids.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { NatsConnectError } from "../../core/nats/connect.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { TestNatsServer } from "../support/nats_server.ts";
import { temporaryHome } from "../support/trawl_process.ts";
import { Child, type ChildOptions } from "./child.ts";
import type { CoordinatorOrders, WorkerOrders } from "./process_orders.ts";
import { type Scenario, specOfScenario, sweepFileOf } from "./scenario.ts";
import { Wire } from "./wire.ts";

/** A process that was started so shortly before the server went away may not have reached it. */
const STARTING_MS = 10_000;
const CONNECT_TRIES = 5;

/** A process, and why it may end before the sweep does. */
export interface Actor {
  readonly name: string;
  readonly process: Child;
  readonly startedAt: number;
  /** Ends that are no surprise, by their exit code. */
  readonly allowed: Set<number>;
  /** Its exit code. */
  end: number | null;
}

/** Where workers live when it is not here: their commands run through a prefix, on another cable. */
export interface WorkersHost {
  readonly through: readonly string[];
  /** How this host is called from there. */
  readonly address: string;
  /** Takes the cable between the hosts away, and puts it back. */
  readonly setLink: (isUp: boolean) => Promise<void>;
}

interface StageParts {
  readonly scenario: Scenario;
  readonly server: TestNatsServer;
  readonly workersWire: Wire;
  readonly coordinatorsWire: Wire;
  readonly home: string;
  readonly transport: Transport;
  readonly host: WorkersHost | null;
}

/** A running scenario. Disposing kills everything. */
export class Stage implements AsyncDisposable {
  readonly workers: Actor[] = [];
  readonly coordinators: Actor[] = [];
  isServerUp = true;
  /** The cable between the hosts, where there are two. */
  isLinkUp = true;
  readonly #parts: StageParts;
  readonly #stack: AsyncDisposableStack;
  #names = 0;

  private constructor(parts: StageParts, stack: AsyncDisposableStack) {
    this.#parts = parts;
    this.#stack = stack;
  }

  /** Starts the server, the sweep and its workers. */
  static async open(scenario: Scenario, host: WorkersHost | null = null): Promise<Stage> {
    await using stack = new AsyncDisposableStack();
    const { path: home } = stack.use(await temporaryHome());
    const server = stack.use(await TestNatsServer.start());
    const workersWire = stack.use(Wire.to(server.port, host?.address));
    const coordinatorsWire = stack.use(Wire.to(server.port));
    const transport = stack.use(await observe(server, scenario));
    await Deno.writeTextFile(`${home}/sweep.yaml`, sweepFileOf(scenario));
    const parts = { scenario, server, workersWire, coordinatorsWire, home, transport, host };
    const stage = new Stage(parts, stack.move());
    stage.coordinate(null);
    for (let n = 0; n < scenario.workers; n++) stage.addWorker();
    return stage;
  }

  /** The observer's own connection. */
  get transport(): Transport {
    return this.#parts.transport;
  }
  get server(): TestNatsServer {
    return this.#parts.server;
  }
  get host(): WorkersHost | null {
    return this.#parts.host;
  }

  /** The cable of the workers or the coordinators. */
  wireOf(whose: "workers" | "coordinators"): Wire {
    return whose === "workers" ? this.#parts.workersWire : this.#parts.coordinatorsWire;
  }

  /** Whether they could reach the server now. */
  isReachable(whose: "workers" | "coordinators"): boolean {
    return this.isServerUp && !this.wireOf(whose).isCut &&
      (whose === "coordinators" || this.isLinkUp);
  }

  /** The sweep, once it has a journal. */
  async sweep(): Promise<SweepId | null> {
    const [id] = await this.transport.journal.sweeps();
    return id ?? null;
  }

  /** Requests that workers have sent so far; 0 where they do not tell. */
  async requests(): Promise<number> {
    try {
      return (await Deno.stat(this.#requestsFile)).size;
    } catch {
      return 0;
    }
  }

  /** Starts one more worker. */
  addWorker(): Actor {
    const { scenario, workersWire, host } = this.#parts;
    const name = `worker-${++this.#names}`;
    const nats = `nats://${host?.address ?? "127.0.0.1"}:${workersWire.port}`;
    const through = host?.through ?? [];
    if (scenario.kind === "full") {
      const args = ["worker", "--backend", "wasm", "--checkpoint-every", "1", "--nats", nats];
      const place = this.#place;
      return this.#start(name, { module: "main.ts", args: [...args, ...place], through });
    }
    const { leaseMs, slots, seed, noise, isUnaware } = scenario;
    const requestsFile = this.#requestsFile;
    const orders: WorkerOrders = {
      name,
      nats,
      leaseMs,
      slots,
      seed,
      noise,
      isUnaware,
      requestsFile,
    };
    const args = [JSON.stringify(orders)];
    return this.#start(name, { module: "tests/chaos/worker_process.ts", args, through });
  }

  /** Starts one more coordinator, that goes on with a sweep or begins it. */
  coordinate(sweep: SweepId | null): Actor {
    const { scenario, coordinatorsWire, home } = this.#parts;
    const name = `coordinator-${++this.#names}`;
    const nats = `nats://127.0.0.1:${coordinatorsWire.port}`;
    if (scenario.kind === "full") {
      const verb = sweep === null
        ? ["sweep", `${home}/sweep.yaml`, "--max-lanes", `${scenario.maxLanes}`]
        // Asks nobody whether somebody is there: the journal has to tell two of them apart.
        : ["resume", sweep, "--take-over"];
      const args = [...verb, "--workers", "0", "--no-dashboard", "--json", "--nats", nats];
      return this.#start(name, { module: "main.ts", args: [...args, ...this.#place] });
    }
    const orders: CoordinatorOrders = {
      name,
      nats,
      leaseMs: scenario.leaseMs,
      sweep: sweep ?? lightSweepId(scenario),
      spec: sweep === null ? specOfScenario(scenario) : null,
      expectedSlots: scenario.workers * scenario.slots,
    };
    const args = [JSON.stringify(orders)];
    return this.#start(name, { module: "tests/chaos/coordinator_process.ts", args });
  }

  /** Whoever has not ended. */
  alive(actors: readonly Actor[]): readonly Actor[] {
    return actors.filter(({ end }) => end === null);
  }

  /** Before a server or a cable goes: who has just been started may fail to connect. */
  excuseStarting(now: number): void {
    for (const actor of this.alive([...this.workers, ...this.coordinators])) {
      if (now - actor.startedAt < STARTING_MS) excuse(actor);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  get #requestsFile(): string {
    return `${this.#parts.home}/requests`;
  }

  get #place(): readonly string[] {
    const { home, scenario } = this.#parts;
    return ["--home", home, "--lease", `${scenario.leaseMs / 1000}`];
  }

  #start(name: string, options: ChildOptions): Actor {
    const process = this.#stack.use(new Child(options));
    const whose = name.startsWith("worker") ? "workers" : "coordinators";
    const actor: Actor = {
      name,
      process,
      startedAt: performance.now(),
      allowed: new Set(),
      end: null,
    };
    // At its start, a process that finds no server says so and ends: the user named a wrong one.
    if (!this.isReachable(whose)) excuse(actor);
    process.finished.then((code) => actor.end = code);
    this[whose].push(actor);
    return actor;
  }
}

/** The observer's connection: a busy machine may need several tries. */
async function observe(server: TestNatsServer, { leaseMs }: Scenario): Promise<Transport> {
  const options = { name: "chaos", leaseMs: milliseconds(leaseMs) };
  for (let tries = 1;; tries++) {
    try {
      return await openTransport(parseNatsTarget(server.url), options);
    } catch (error) {
      if (!(error instanceof NatsConnectError) || tries === CONNECT_TRIES) throw error;
    }
  }
}

function excuse({ allowed }: Actor): void {
  for (const code of [2, 3]) allowed.add(code);
}

function lightSweepId({ seed }: Scenario): SweepId {
  return parseSweepId(`chaos-${seed}`);
}
