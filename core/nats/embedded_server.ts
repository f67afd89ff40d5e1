/** The home's own NATS server: started when missing, shared by all processes, ended by the last. */
import { join, resolve } from "node:path";
import type { Clock } from "../domain/units.ts";
import { instant } from "../domain/units.ts";
import type { ServerListen, ServerLogin } from "./embedded_server_config.ts";
import { isUnshared, lockFile, shareFile } from "./embedded_server_lock.ts";
import { endOrphan } from "./embedded_server_orphan.ts";
import { EmbeddedServerError, NatsServerProcess, writePrivate } from "./embedded_server_process.ts";
import {
  askServerId,
  readServerRecord,
  type ServerRecord,
  writeServerRecord,
} from "./embedded_server_record.ts";
import { pause } from "./waiting.ts";

export { EmbeddedServerError };

/** How to open the home's server. */
export interface EmbeddedServerOptions {
  /** The home directory; made if missing. */
  readonly home: string;
  /** Called only if a server must be started. */
  readonly binary: () => Promise<{ readonly path: string }>;
  /** Where other machines may reach it; loopback alone unless told. */
  readonly listen?: ServerListen | undefined;
  /** Ends the wait; a server that was being started is killed. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

const USER = "trawl";
const PASSWORD_BYTES = 24;
const PRIVATE_FOLDER = 0o700;
const RESTART_PAUSE_MS = 200;
const RESTARTS_IN_A_ROW = 10;

/**
 * A lease on the home's server. Whoever opens first starts it, on loopback, with a random password
 * in `<home>/nats/server.json` (0600). The process that started it starts it again, at the same
 * address, should it die. Disposing gives the lease back; the last one out stops the server.
 *
 * A process that is killed cannot stop it: the server stays, and the next to open this home uses
 * it, or ends it if it does not answer.
 */
export class EmbeddedServer implements AsyncDisposable {
  /** With user and password: for this user's own processes, never for a log. */
  readonly url: string;
  /** `nats://127.0.0.1:<port>`, for people. */
  readonly address: string;
  /** The authority of its certificate, where it speaks TLS. */
  readonly caFile: string | undefined;
  /** Whether it ran before. */
  readonly isReused: boolean;
  readonly #files: ServerFiles;
  readonly #share: Disposable;
  readonly #closing = new AbortController();
  #supervising: Promise<void> = Promise.resolve();
  #process: NatsServerProcess | undefined;

  private constructor(
    files: ServerFiles,
    share: Disposable,
    { record, process }: RunningServer,
  ) {
    this.#files = files;
    this.#share = share;
    this.#process = process;
    this.isReused = process === undefined;
    this.address = record.url;
    this.caFile = record.caFile;
    this.url = record.url.replace("//", `//${record.user}:${encodeURIComponent(record.password)}@`);
  }

  /**
   * Uses the home's server, starting it if it does not run.
   *
   * @throws {EmbeddedServerError} If the home cannot be written, the server does not start, or it runs
   *   already and listens elsewhere.
   * @throws Whatever `binary` throws.
   * @throws The signal's reason, if it aborts first.
   */
  static async open(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
    const files = serverFiles(options.home);
    using _lock = await lockHome(files, options.signal);
    const running = await reuse(files, options.signal) ?? await start(files, options);
    assertListening(running.record, options.listen);
    const server = new EmbeddedServer(files, await shareFile(files.users), running);
    server.#supervising = server.#supervise(options);
    return server;
  }

  /** Writes a file beside the server's own that only this user may read. @returns Its path. */
  async writePrivate(name: string, text: string): Promise<string> {
    const path = join(this.#files.dir, name);
    await writePrivate(path, text);
    return path;
  }

  /** Gives the lease back; stops the server if nobody else has one. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#supervising;
    using _lock = await lockFile(this.#files.lock);
    this.#share[Symbol.dispose]();
    if (!await isUnshared(this.#files.users)) {
      this.#process?.leave();
      return;
    }
    if (this.#process === undefined) await endOrphan(this.#files.pid, this.#files.config);
    else await this.#process.stop();
    await removeIfThere(this.#files.record);
  }

  /** Starts the server again when the one that we started dies. */
  async #supervise(options: EmbeddedServerOptions): Promise<void> {
    const { signal } = this.#closing;
    const closing = Promise.withResolvers<"closing">();
    signal.addEventListener("abort", () => closing.resolve("closing"), { once: true });
    let failures = 0;
    while (this.#process !== undefined && failures < RESTARTS_IN_A_ROW) {
      if (await Promise.race([this.#process.ended, closing.promise]) === "closing") return;
      try {
        using _lock = await lockFile(this.#files.lock, signal);
        // Somebody else may have opened the home first and started it.
        const running = await reuse(this.#files, signal) ??
          await start(this.#files, { ...options, signal });
        this.#process = running.process;
        failures = 0;
      } catch {
        if (signal.aborted) return;
        // Its clients tell what they lost; it may still work in a moment, such as after a full disk.
        failures++;
        await pause(RESTART_PAUSE_MS, signal).catch(() => {});
      }
    }
  }
}

interface RunningServer {
  readonly record: ServerRecord;
  /** Absent if somebody else started it. */
  readonly process: NatsServerProcess | undefined;
}

interface ServerFiles {
  readonly dir: string;
  readonly store: string;
  readonly record: string;
  /** Held while somebody decides whether to start or stop the server. */
  readonly lock: string;
  /** Shared by everybody who uses the server. */
  readonly users: string;
  readonly config: string;
  readonly pid: string;
  /** The password with which other machines join: it outlives the server. */
  readonly password: string;
}

function serverFiles(home: string): ServerFiles {
  const dir = join(resolve(home), "nats");
  return {
    dir,
    store: join(resolve(home), "jetstream"),
    record: join(dir, "server.json"),
    lock: join(dir, "server.lock"),
    users: join(dir, "users.lock"),
    config: join(dir, "server.conf"),
    pid: join(dir, "server.pid"),
    password: join(dir, "listen.password"),
  };
}

async function lockHome(files: ServerFiles, signal: AbortSignal | undefined): Promise<Disposable> {
  try {
    await Deno.mkdir(files.dir, { recursive: true, mode: PRIVATE_FOLDER });
    return await lockFile(files.lock, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const state = error instanceof Error ? error.message : String(error);
    throw new EmbeddedServerError(
      `Cannot keep a NATS server in "${files.dir}": ${state}; it must be a folder that can be written`,
      { cause: error },
    );
  }
}

async function reuse(
  files: ServerFiles,
  signal: AbortSignal | undefined,
): Promise<RunningServer | undefined> {
  const record = await readServerRecord(files.record);
  if (record === undefined) return undefined;
  const answered = await askServerId(record, signal);
  return answered === record.serverId ? { record, process: undefined } : undefined;
}

async function start(files: ServerFiles, options: EmbeddedServerOptions): Promise<RunningServer> {
  const { signal, binary, clock = () => instant(Date.now()) } = options;
  const { path } = await binary();
  if (!await endOrphan(files.pid, files.config)) {
    throw new EmbeddedServerError(
      `Cannot start a NATS server in "${files.dir}": one that does not answer still runs there ` +
        `and cannot be ended; the process named in "${files.pid}" must end`,
    );
  }
  // The old address and login again, so that clients of a server that died find their way back.
  const previous = await readServerRecord(files.record);
  const { listen } = options;
  const login = listen === undefined
    ? previous ?? { user: USER, password: randomPassword() }
    : { user: USER, password: await listenPassword(files, listen) };
  const process = await launch(path, files, { login, port: previous?.port, listen, signal });
  try {
    const at = {
      url: process.url,
      user: login.user,
      password: login.password,
      listen: addressOf(listen),
      caFile: listen?.tls?.caFile,
    };
    const serverId = await askServerId(at, signal);
    if (serverId === undefined) {
      throw new EmbeddedServerError(`Cannot use the NATS server at ${at.url}: it fell silent`);
    }
    const startedAt = new Date(clock()).toISOString();
    const record = {
      v: 1,
      ...at,
      port: process.port,
      pid: process.pid,
      serverId,
      startedAt,
    } as const;
    await writeServerRecord(files.record, record);
    return { record, process };
  } catch (error) {
    await process.kill();
    throw error;
  }
}

interface LaunchOptions {
  readonly login: ServerLogin;
  readonly port: number | undefined;
  readonly listen: ServerListen | undefined;
  readonly signal: AbortSignal | undefined;
}

async function launch(
  binary: string,
  { dir, store }: ServerFiles,
  { login, port, listen, signal }: LaunchOptions,
): Promise<NatsServerProcess> {
  const options = { binary, dir, storeDir: store, login, listen, signal };
  // Other machines know this address and no other.
  if (listen !== undefined) return await NatsServerProcess.start({ ...options, port: listen.port });
  if (port === undefined) return await NatsServerProcess.start(options);
  try {
    return await NatsServerProcess.start({ ...options, port });
  } catch (error) {
    if (!(error instanceof EmbeddedServerError)) throw error;
    // Somebody may have the old port by now; any other reason fails again here and is told.
    return await NatsServerProcess.start(options);
  }
}

function addressOf(listen: ServerListen | undefined): string | undefined {
  return listen === undefined ? undefined : `${listen.host}:${listen.port}`;
}

/** A server that runs cannot be told to listen elsewhere, and must not seem to. */
function assertListening(record: ServerRecord, listen: ServerListen | undefined): void {
  const address = addressOf(listen);
  if (address === undefined || address === record.listen) return;
  throw new EmbeddedServerError(
    `Cannot listen on ${address}: this home's NATS server already runs at ${record.url}; ` +
      `the commands that use it must end first`,
  );
}

/** The user's own, or one that stays the same, so that workers of other machines find their way back. */
async function listenPassword(files: ServerFiles, listen: ServerListen): Promise<string> {
  if (listen.password !== undefined) return listen.password;
  try {
    const kept = (await Deno.readTextFile(files.password)).trim();
    if (kept.length >= 2 * PASSWORD_BYTES) return kept;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const password = randomPassword();
  await writePrivate(files.password, `${password}\n`);
  return password;
}

/** Letters and digits only, so that it needs no quoting in an address. */
function randomPassword(): string {
  return crypto.getRandomValues(new Uint8Array(PASSWORD_BYTES)).toHex();
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
