/** A real nats-server under a configuration that a test writes: limits, TLS, logins, clusters. */
import { basename, join } from "node:path";
import { freePort } from "./free_port.ts";
import { natsServerBinary } from "./nats_server_binary.ts";

/** How to start one. */
export interface ConfiguredServerOptions {
  /** Lines of the configuration, given the server's folder; the port is not among them. */
  readonly config: (dir: string) => string | Promise<string>;
  /** A free one unless told. */
  readonly port?: number;
  /** A folder of the test's own, which stays when the server is disposed. */
  readonly dir?: string;
}

const READY_WITHIN_MS = 30_000;

/** A server that a test owns. Disposing ends it and removes its folder, unless the test gave one. */
export class ConfiguredServer implements AsyncDisposable {
  readonly dir: string;
  readonly port: number;
  readonly #binary: string;
  readonly #ownsDir: boolean;
  #child: Deno.ChildProcess;

  private constructor(
    parts: {
      dir: string;
      port: number;
      binary: string;
      ownsDir: boolean;
      child: Deno.ChildProcess;
    },
  ) {
    this.dir = parts.dir;
    this.port = parts.port;
    this.#binary = parts.binary;
    this.#ownsDir = parts.ownsDir;
    this.#child = parts.child;
  }

  /** Starts one on loopback and waits until it listens. */
  static async start(options: ConfiguredServerOptions): Promise<ConfiguredServer> {
    const { path: binary } = await natsServerBinary();
    const dir = options.dir ?? await Deno.makeTempDir({ prefix: "trawl-nats-" });
    const lines = [
      `host: "127.0.0.1"`,
      `ports_file_dir: ${JSON.stringify(dir)}`,
      `log_file: ${JSON.stringify(join(dir, "server.log"))}`,
      await options.config(dir),
    ];
    await Deno.writeTextFile(join(dir, "server.conf"), lines.join("\n") + "\n");
    const child = launch(binary, dir, options.port ?? freePort());
    try {
      const port = await listeningPort(binary, dir, child.pid);
      return new ConfiguredServer({ dir, port, binary, ownsDir: options.dir === undefined, child });
    } catch (error) {
      await end(child, "SIGKILL");
      throw error;
    }
  }

  /** `nats://127.0.0.1:<port>`. */
  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** The process id of the present server. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Ends it with SIGKILL; its store stays. */
  async kill(): Promise<void> {
    await end(this.#child, "SIGKILL");
  }

  /** Ends it in good order; its store stays. */
  async stop(): Promise<void> {
    await end(this.#child, "SIGTERM");
  }

  /** Starts it again, on the same port, after `kill` or `stop`. */
  async start(): Promise<void> {
    this.#child = launch(this.#binary, this.dir, this.port);
    await listeningPort(this.#binary, this.dir, this.#child.pid);
  }

  /** Lets it read its changed configuration. */
  reload(): void {
    this.#child.kill("SIGHUP");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    if (this.#ownsDir) await Deno.remove(this.dir, { recursive: true });
  }
}

function launch(binary: string, dir: string, port: number): Deno.ChildProcess {
  return new Deno.Command(binary, {
    args: ["--config", join(dir, "server.conf"), "--port", String(port)],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function listeningPort(binary: string, dir: string, pid: number): Promise<number> {
  const file = join(dir, `${basename(binary)}_${pid}.ports`);
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const text = await Deno.readTextFile(file).catch(() => "");
    const port = /"nats":\s*\[\s*"[a-z]+:\/\/[^"]*:(\d+)"/.exec(text)?.[1];
    if (port !== undefined) return Number(port);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const log = await Deno.readTextFile(join(dir, "server.log")).catch(() => "(no log)");
  throw new Error(`Cannot start nats-server in ${dir}: it said\n${log.slice(-2_000)}`);
}

async function end(child: Deno.ChildProcess, signal: Deno.Signal): Promise<void> {
  try {
    child.kill(signal);
  } catch {
    // It has ended already.
  }
  await child.status;
}
