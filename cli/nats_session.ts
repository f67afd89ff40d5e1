/** A command's connection to NATS: to the server that the user named, or to the home's own. */
import { getLogger } from "@logtape/logtape";
import { join } from "node:path";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import { EmbeddedServer } from "../core/nats/embedded_server.ts";
import type { ServerListen } from "../core/nats/embedded_server_config.ts";
import { type NatsTarget, parseNatsTarget } from "../core/nats/nats_target.ts";
import {
  findNatsServer,
  type FindNatsServerOptions,
} from "../core/nats/server_binary/find_nats_server.ts";
import type { RouteProgress } from "../core/nats/server_binary/route.ts";
import { openTransport, type Transport } from "../core/nats/transport.ts";
import { cacheDir } from "./cache_dir.ts";
import type { CliContext } from "./context.ts";
import { UserError } from "./exit_code.ts";
import type { Home } from "./home.ts";
import { LinkMonitor } from "./link_monitor.ts";
import { type ListenFlags, listenOptions, tellHowToJoin } from "./listen_options.ts";
import { countRefused } from "./refused_messages.ts";
import { namedNatsTarget } from "./nats_options.ts";

const logger = getLogger(["trawl", "nats"]);

/** How long a worker may be silent before somebody else gets its pack, unless it is told. */
const LEASE_MS: Milliseconds = milliseconds(10_000);

/** While a trouble lasts, it is told again so often. */
const REMIND_EVERY: Milliseconds = milliseconds(30_000);

/** How to connect. */
export interface NatsSessionOptions extends ListenFlags {
  /** The value of `--nats`. */
  readonly nats?: string;
  readonly home: Home;
  /** Shown by the server's connection list. */
  readonly name: string;
  /** How long a worker may be silent, in seconds; 10 unless told. */
  readonly lease?: number;
  /** Copies that a cluster keeps. */
  readonly replicas?: number;
  readonly signal: AbortSignal;
}

/** An open transport. Disposing closes it, and stops the own server if this command started it. */
export interface NatsSession extends AsyncDisposable {
  readonly transport: Transport;
  /** For local worker processes: with credentials, as far as they are part of an address. */
  readonly url: string;
  /** The authority that local workers need for that, where it is not among the system's. */
  readonly caFile?: string | undefined;
  readonly isEmbedded: boolean;
  /** The directory whose own server it is; absent where the user named a server. */
  readonly home?: string;
  /** What the connection lacks at present. */
  readonly link: LinkMonitor;
}

/**
 * Connects to the named server, or to the home's own, which is started if it does not run yet.
 * @throws {NatsConnectError | JetStreamUnavailableError} If the named server cannot be used.
 * @throws {NatsServerBinaryError | EmbeddedServerError} If an own server cannot be had.
 */
export async function openNatsSession(
  options: NatsSessionOptions,
  context: CliContext,
): Promise<NatsSession> {
  const named = namedNatsTarget(options.nats, context.env);
  const listen = listenOptions(options, context.env);
  if (named !== null && listen !== undefined) {
    throw new UserError(
      "Cannot listen with --listen: --nats or NATS_URL names a server that runs already; " +
        "only one of them must be given",
    );
  }
  await using stack = new AsyncDisposableStack();
  const server = named === null
    ? stack.use(await openEmbeddedServer({ ...options, listen }, context))
    : null;
  const link = stack.use(watchLink(context));
  const target = named ?? embeddedTarget(server);
  const transport = stack.use(await open(target, options, link.monitor));
  if (server !== null && listen !== undefined) await tellHowToJoin(server, listen, context);
  const owned = stack.move();
  return {
    transport,
    url: server?.url ?? options.nats ?? context.env("NATS_URL") ?? "",
    caFile: server?.caFile,
    isEmbedded: server !== null,
    ...(server === null ? {} : { home: options.home.path }),
    link: link.monitor,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function embeddedTarget(server: EmbeddedServer | null): NatsTarget {
  if (server === null) throw new TypeError("Cannot connect: there is no server");
  return parseNatsTarget(server.url, { caFile: server.caFile });
}

async function open(
  target: NatsTarget,
  options: NatsSessionOptions,
  monitor: LinkMonitor,
): Promise<Transport> {
  const { name, signal, lease, replicas } = options;
  const leaseMs = lease === undefined ? LEASE_MS : milliseconds(1000 * lease);
  return await openTransport(target, {
    name,
    signal,
    leaseMs,
    replicas,
    onStatus: (status) => {
      if (status.kind === "error") logger.warn("NATS reported: {message}", status);
      monitor.apply(status);
    },
    onRefused: countRefused(logger),
  });
}

/** Uses the home's own server, which is started if it does not run yet. */
export async function openEmbeddedServer(
  { home, signal, listen }: Pick<NatsSessionOptions, "home" | "signal"> & {
    readonly listen?: ServerListen | undefined;
  },
  context: CliContext,
): Promise<EmbeddedServer> {
  return await EmbeddedServer.open({
    home: home.path,
    listen,
    signal,
    binary: () => findNatsServer(natsServerOptions(context, { home, signal })),
  });
}

/** Logs the link's troubles as they come and go, and again while they last. */
function watchLink({ timers }: CliContext): AsyncDisposable & { readonly monitor: LinkMonitor } {
  const monitor = new LinkMonitor(timers.now);
  const log = monitor.listen(({ message }) => logger.warn("{message}", { message }));
  const ending = new AbortController();
  const reminding = remind(monitor, { timers, signal: ending.signal });
  return {
    monitor,
    [Symbol.asyncDispose]: async () => {
      log[Symbol.dispose]();
      ending.abort();
      await reminding;
    },
  };
}

async function remind(
  monitor: LinkMonitor,
  { timers, signal }: { readonly timers: CliContext["timers"]; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await timers.sleep(REMIND_EVERY, { signal }).catch(() => {});
    const { trouble } = monitor;
    const isOld = trouble !== null && timers.now() - trouble.since >= REMIND_EVERY / 2;
    if (isOld && !signal.aborted) logger.warn("{message}", { message: monitor.describe() });
  }
}

/** Where to look for a `nats-server`, by the environment of this process. */
export function natsServerOptions(
  { env, output }: CliContext,
  { home, signal }: { readonly home: Home; readonly signal: AbortSignal },
): FindNatsServerOptions {
  return {
    cacheDir: join(cacheDir(env, home.path), "bin"),
    searchPath: env("PATH") ?? "",
    explicitPath: env("NATS_SERVER_BIN"),
    signal,
    onProgress: (progress) => describeProgress(progress, output.note),
  };
}

/** Tells of what takes time: downloads and builds, not of looking around. */
function describeProgress(progress: RouteProgress, note: (text: string) => void): void {
  if (progress.kind === "running") note(`Getting nats-server: ${progress.command}`);
  if (progress.kind === "downloading" && progress.received === 0) {
    note(`Getting nats-server: ${progress.url}`);
  }
}
