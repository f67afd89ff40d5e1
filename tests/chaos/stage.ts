/** The real processes of one scenario: a NATS server, coordinators, workers, and an observer. */
import type { SweepId } from "../../core/domain/ids.ts";
import { milliseconds } from "../../core/domain/units.ts";
import { parseNatsTarget } from "../../core/nats/nats_target.ts";
import { openTransport, type Transport } from "../../core/nats/transport.ts";
import { TestNatsServer } from "../support/nats_server.ts";
import { type Finished, temporaryHome, TrawlProcess } from "../support/trawl_process.ts";
import { LEASE_SECONDS, type Scenario, sweepFileOf } from "./scenario.ts";
import { Wire } from "./wire.ts";

/** Longer than any scenario lasts. */
const TIMEOUT_MS = 180_000;
/** A process that was started so shortly before the server went away may not have reached it. */
const STARTING_MS = 10_000;

/** A process, and why it may end before the sweep does. */
export interface Actor {
  readonly name: string;
  readonly process: TrawlProcess;
  readonly startedAt: number;
  /** Ends that are no surprise, by their exit code. */
  readonly allowed: Set<number>;
  end: Finished | null;
}

/** A running scenario. Disposing kills everything. */
export class Stage implements AsyncDisposable {
  readonly server: TestNatsServer;
  /** Between the server and the workers, not the coordinators. */
  readonly wire: Wire;
  readonly workers: Actor[] = [];
  readonly coordinators: Actor[] = [];
  isServerUp = true;
  readonly #stack: AsyncDisposableStack;
  readonly #home: string;
  readonly #transport: Transport;
  #names = 0;

  private constructor(
    parts: { server: TestNatsServer; wire: Wire; home: string; transport: Transport },
    stack: AsyncDisposableStack,
  ) {
    this.server = parts.server;
    this.wire = parts.wire;
    this.#home = parts.home;
    this.#transport = parts.transport;
    this.#stack = stack;
  }

  /** Starts the server, the sweep and its workers. */
  static async open(scenario: Scenario): Promise<Stage> {
    await using stack = new AsyncDisposableStack();
    const home = stack.use(await temporaryHome());
    const server = stack.use(await TestNatsServer.start());
    const wire = stack.use(Wire.to(server.port));
    const transport = stack.use(
      await openTransport(parseNatsTarget(server.url), {
        name: "chaos",
        leaseMs: milliseconds(1000 * LEASE_SECONDS),
      }),
    );
    await Deno.writeTextFile(`${home.path}/sweep.yaml`, sweepFileOf(scenario));
    const stage = new Stage({ server, wire, home: home.path, transport }, stack.move());
    stage.coordinate(["sweep", `${home.path}/sweep.yaml`, "--max-lanes", `${scenario.maxLanes}`]);
    for (let n = 0; n < scenario.workers; n++) stage.addWorker();
    return stage;
  }

  /** The observer's own connection. */
  get transport(): Transport {
    return this.#transport;
  }

  /** The sweep, once it has a journal. */
  async sweep(): Promise<SweepId | null> {
    const [id] = await this.#transport.journal.sweeps();
    return id ?? null;
  }

  /** Starts one more worker. */
  addWorker(): Actor {
    const args = ["worker", "--backend", "wasm", "--checkpoint-every", "1"];
    const nats = `nats://127.0.0.1:${this.wire.port}`;
    return this.#start("worker", [...args, "--nats", nats], this.workers);
  }

  /** Starts one more coordinator, by `sweep FILE` or `resume SWEEP`. */
  coordinate(verb: readonly string[]): Actor {
    const args = [...verb, "--workers", "0", "--no-dashboard", "--json"];
    return this.#start("coordinator", [...args, "--nats", this.server.url], this.coordinators);
  }

  /** Whoever has not ended. */
  alive(actors: readonly Actor[]): readonly Actor[] {
    return actors.filter(({ end }) => end === null);
  }

  /** Before the server goes: who has just been started may fail to connect. */
  excuseStarting(now: number): void {
    for (const actor of this.alive([...this.workers, ...this.coordinators])) {
      if (now - actor.startedAt < STARTING_MS) {
        for (const code of [2, 3]) actor.allowed.add(code);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #start(role: string, args: readonly string[], among: Actor[]): Actor {
    const place = ["--home", this.#home, "--lease", `${LEASE_SECONDS}`];
    const process = this.#stack.use(
      new TrawlProcess([...args, ...place], { timeoutMs: TIMEOUT_MS }),
    );
    const actor: Actor = {
      name: `${role} ${++this.#names}`,
      process,
      startedAt: performance.now(),
      // At its start, a process that finds no server says so and ends: the user named a wrong one.
      allowed: new Set(this.isServerUp && !this.wire.isCut ? [] : [2, 3]),
      end: null,
    };
    process.finished.then((end) => actor.end = end);
    among.push(actor);
    return actor;
  }
}
