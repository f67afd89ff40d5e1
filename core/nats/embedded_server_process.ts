/** One `nats-server` child process: started in a session of its own, ready when it answered a client. */
import { join } from "node:path";
import { type Milliseconds, milliseconds } from "../domain/units.ts";
import { connectNats } from "./connect.ts";
import {
  formatServerConfig,
  type ServerListen,
  type ServerLogin,
} from "./embedded_server_config.ts";
import type { NatsTarget } from "./nats_target.ts";
import { pause } from "./waiting.ts";

/** How to start a server process. */
export interface ServerProcessOptions {
  /** Path of the `nats-server` program. */
  readonly binary: string;
  /** An existing private folder for its configuration, log and ports file. */
  readonly dir: string;
  /** JetStream's folder; made if missing. */
  readonly storeDir: string;
  /** A fixed port; a free one unless told. */
  readonly port?: number | undefined;
  readonly login?: ServerLogin | undefined;
  /** Where to listen instead of loopback; it needs a login. */
  readonly listen?: ServerListen | undefined;
  /**
   * `own` unless told: Ctrl-C reaches every process of the terminal's group, and the server must
   * outlive the drain that it starts in ours. `ours` lets it end by that Ctrl-C.
   */
  readonly session?: "own" | "ours";
  /** Ends the wait for readiness; the child is then killed. */
  readonly signal?: AbortSignal | undefined;
  /** How long it may take to answer; 30 s unless told, since a large store is read first. */
  readonly readyWithin?: Milliseconds | undefined;
}

const DEFAULT_READY_WITHIN = milliseconds(30_000);
const STOP_WITHIN = milliseconds(5_000);
const READY_POLL_MS = 2;
const LOG_LINES_IN_ERROR = 8;
const PRIVATE_FILE = 0o600;

/** A server could not be started, or did not become ready; its last words are in the message. */
export class EmbeddedServerError extends Error {
  override readonly name = "EmbeddedServerError";
}

/** A running `nats-server` of our own. Disposing stops it. */
export class NatsServerProcess implements AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** `nats://127.0.0.1:<port>`, or where it was told to listen, without credentials. */
  readonly url: string;
  readonly #child: Deno.ChildProcess;
  readonly #stderr: Promise<string>;

  private constructor(
    child: Deno.ChildProcess,
    stderr: Promise<string>,
    { port, listen }: { readonly port: number; readonly listen: ServerListen | undefined },
  ) {
    this.#child = child;
    this.#stderr = stderr;
    this.pid = child.pid;
    this.port = port;
    this.url = serverUrl(port, listen);
  }

  /**
   * Starts a server and waits until it answers with the login given.
   *
   * @throws {EmbeddedServerError} If it ends or stays silent; the message says why.
   * @throws The signal's reason, if it aborts first.
   */
  static async start(options: ServerProcessOptions): Promise<NatsServerProcess> {
    options.signal?.throwIfAborted();
    const logFile = join(options.dir, "server.log");
    const configFile = join(options.dir, "server.conf");
    await writePrivate(
      configFile,
      formatServerConfig({
        port: options.port ?? -1,
        login: options.login,
        listen: options.listen,
        storeDir: options.storeDir,
        logFile,
        portsDir: options.dir,
        pidFile: join(options.dir, "server.pid"),
      }),
    );
    const logStart = await sizeOf(logFile);
    const child = spawn(options.binary, configFile, options.session !== "ours");
    const stderr = new Response(child.stderr).text();
    try {
      const port = await waitUntilReady(child, options);
      return new NatsServerProcess(child, stderr, { port, listen: options.listen });
    } catch (error) {
      await end(child, "SIGKILL");
      if (options.signal?.aborted) throw options.signal.reason;
      const said = lastLines(await stderr + await readFrom(logFile, logStart));
      throw startError(options, said, error);
    }
  }

  /** When the process ended, by itself or by us. */
  get ended(): Promise<Deno.CommandStatus> {
    return this.#child.status;
  }

  /** Leaves it running: it no longer keeps us from ending. */
  leave(): void {
    this.#child.unref();
  }

  /** Ends it in good order; after five seconds without a result, by force. */
  async stop(): Promise<void> {
    await end(this.#child, "SIGTERM");
    await this.#stderr;
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    await end(this.#child, "SIGKILL");
    await this.#stderr;
  }

  /** Same as `stop`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** The address of a server of our own at a port, as processes of this machine reach it. */
export function serverUrl(port: number, listen?: ServerListen): string {
  const scheme = listen?.tls === undefined ? "nats" : "tls";
  const host = listen === undefined || listen.host === "0.0.0.0" || listen.host === "::"
    ? "127.0.0.1"
    : listen.host;
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** How a process of this machine logs in to a server of our own. */
export function serverTarget(
  url: string,
  { login, caFile }: {
    readonly login?: ServerLogin | undefined;
    readonly caFile?: string | undefined;
  },
): NatsTarget {
  return {
    servers: [url],
    auth: login === undefined
      ? { kind: "none" }
      : { kind: "password", user: login.user, password: login.password },
    ...(caFile === undefined ? {} : { tls: { caFile } }),
  };
}

/** Writes a file that only its owner may read, replacing whatever was there in one step. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  await Deno.writeTextFile(temporary, text, { mode: PRIVATE_FILE, createNew: true });
  await Deno.rename(temporary, path);
}

function spawn(binary: string, configFile: string, isDetached: boolean): Deno.ChildProcess {
  try {
    return new Deno.Command(binary, {
      args: ["--config", configFile],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      detached: isDetached,
    }).spawn();
  } catch (error) {
    throw new EmbeddedServerError(
      `Cannot start "${binary}": ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

async function waitUntilReady(
  child: Deno.ChildProcess,
  options: ServerProcessOptions,
): Promise<number> {
  const readyWithin = options.readyWithin ?? DEFAULT_READY_WITHIN;
  using deadline = new Deadline(readyWithin);
  const signals = options.signal === undefined
    ? [deadline.signal]
    : [deadline.signal, options.signal];
  const ended = new AbortController();
  child.status.then((status) => {
    ended.abort(new Error(`it ended with code ${status.code}`));
  });
  const signal = AbortSignal.any([...signals, ended.signal]);
  const port = await readPort(child.pid, options.dir, signal);
  const { login, listen } = options;
  const target = serverTarget(serverUrl(port, listen), { login, caFile: listen?.tls?.caFile });
  await using _link = await connectNats(target, {
    name: "trawl-ready",
    signal,
  });
  return port;
}

/** The server writes its ports file only once it accepts connections. */
async function readPort(pid: number, dir: string, signal: AbortSignal): Promise<number> {
  while (true) {
    signal.throwIfAborted();
    for await (const entry of Deno.readDir(dir)) {
      if (!entry.name.endsWith(`_${pid}.ports`)) continue;
      const port = parsePorts(await Deno.readTextFile(join(dir, entry.name)));
      if (port !== undefined) return port;
    }
    await pause(READY_POLL_MS, signal);
  }
}

function parsePorts(text: string): number | undefined {
  // The file may be read while it is written: no port yet then.
  const port = /"(?:nats|tls):\/\/[^"]*:(\d+)"/.exec(text)?.[1];
  return port === undefined ? undefined : Number(port);
}

function startError(
  options: ServerProcessOptions,
  said: readonly string[],
  cause: unknown,
): Error {
  if (cause instanceof EmbeddedServerError) return cause;
  if (said.some((line) => line.includes("address already in use"))) {
    return new EmbeddedServerError(
      `Cannot start nats-server at port ${options.port}: the port is taken; it must be free`,
      { cause },
    );
  }
  const state = cause instanceof Error ? cause.message : String(cause);
  const words = said.length === 0 ? "it said nothing" : `it said:\n  ${said.join("\n  ")}`;
  return new EmbeddedServerError(
    `Cannot start nats-server "${options.binary}": ${state}; ${words}`,
    { cause },
  );
}

async function end(child: Deno.ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  try {
    child.kill(signal);
  } catch {
    // It has ended already: its status is there.
  }
  const forced = setTimeout(() => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It ended between the deadline and the kill.
    }
  }, STOP_WITHIN);
  try {
    await child.status;
  } finally {
    clearTimeout(forced);
  }
}

function lastLines(text: string): readonly string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "")
    .slice(-LOG_LINES_IN_ERROR);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

async function readFrom(path: string, offset: number): Promise<string> {
  try {
    const data = await Deno.readFile(path);
    return new TextDecoder().decode(data.subarray(offset));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

class Deadline implements Disposable {
  readonly signal: AbortSignal;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(within: Milliseconds) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#timer = setTimeout(() => {
      controller.abort(new Error(`it did not answer within ${within / 1000} s`));
    }, within);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
