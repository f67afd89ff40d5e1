/** A real nats-server for one test: random loopback port, JetStream in a folder of its own. */
import { join } from "node:path";
import { NatsServerProcess } from "../../core/nats/embedded_server_process.ts";
import type { ServerLogin } from "../../core/nats/embedded_server_config.ts";
import { freePort } from "./free_port.ts";
import { natsServerBinary } from "./nats_server_binary.ts";

export { natsServerBinaryOrSkip } from "./nats_server_binary.ts";

/** How to start a test server. */
export interface TestNatsServerOptions {
  /** The one user who may connect; anybody unless told. */
  readonly login?: ServerLogin;
}

/**
 * A nats-server that a test owns. Disposing stops it and removes its folder.
 *
 * @example
 * ```ts ignore
 * await using server = await TestNatsServer.start();
 * await using link = await connectNats(server.url, { name: "test" });
 * ```
 */
export class TestNatsServer implements AsyncDisposable {
  readonly #dir: string;
  readonly #binary: string;
  readonly #options: TestNatsServerOptions;
  #process: NatsServerProcess;

  private constructor(
    dir: string,
    binary: string,
    options: TestNatsServerOptions,
    process: NatsServerProcess,
  ) {
    this.#dir = dir;
    this.#binary = binary;
    this.#options = options;
    this.#process = process;
  }

  /** Starts one, in about 30 ms; the first start on a machine without a binary fetches it. */
  static async start(options: TestNatsServerOptions = {}): Promise<TestNatsServer> {
    const { path } = await natsServerBinary();
    const dir = await Deno.makeTempDir({ prefix: "trawl-nats-" });
    try {
      const process = await launch(path, dir, options, freePort());
      return new TestNatsServer(dir, path, options, process);
    } catch (error) {
      await Deno.remove(dir, { recursive: true });
      throw error;
    }
  }

  /** `nats://127.0.0.1:<port>`, with the login's user and password if there is one. */
  get url(): string {
    const { login } = this.#options;
    if (login === undefined) return this.#process.url;
    const user = encodeURIComponent(login.user);
    return this.#process.url.replace("//", `//${user}:${encodeURIComponent(login.password)}@`);
  }

  /** The port, the same after a restart. */
  get port(): number {
    return this.#process.port;
  }

  /** The process id of the present server. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Ends the server in good order; its store stays. */
  async stop(): Promise<void> {
    await this.#process.stop();
  }

  /** Ends the server with SIGKILL; its store stays. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }

  /** Ends the server if it runs, then starts one on the same port and store. */
  async restart(): Promise<void> {
    const { port } = this.#process;
    await this.#process.stop();
    this.#process = await launch(this.#binary, this.#dir, this.#options, port);
  }

  /** Ends the server and removes its folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.kill();
    await Deno.remove(this.#dir, { recursive: true });
  }
}

function launch(
  binary: string,
  dir: string,
  options: TestNatsServerOptions,
  port: number,
): Promise<NatsServerProcess> {
  const storeDir = join(dir, "jetstream");
  // A test run that is interrupted must not leave servers behind.
  const session = "ours";
  return NatsServerProcess.start({ binary, dir, storeDir, port, login: options.login, session });
}
