/** A command's connection to NATS: to the server that the user named, or to the home's own. */
import { getLogger } from "@logtape/logtape";
import { join } from "node:path";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type { NatsLinkStatus } from "../core/nats/connect.ts";
import { EmbeddedServer } from "../core/nats/embedded_server.ts";
import { type NatsTarget, parseNatsTarget } from "../core/nats/nats_target.ts";
import {
  findNatsServer,
  type FindNatsServerOptions,
} from "../core/nats/server_binary/find_nats_server.ts";
import type { RouteProgress } from "../core/nats/server_binary/route.ts";
import { openTransport, type Transport } from "../core/nats/transport.ts";
import { cacheDir } from "./cache_dir.ts";
import type { CliContext } from "./context.ts";
import type { Home } from "./home.ts";
import { countRefused } from "./refused_messages.ts";
import { namedNatsTarget } from "./nats_options.ts";

const logger = getLogger(["trawl", "nats"]);

/** How long a worker may be silent before somebody else gets its pack, unless it is told. */
const LEASE_MS: Milliseconds = milliseconds(10_000);

/** How to connect. */
export interface NatsSessionOptions {
  /** The value of `--nats`. */
  readonly nats?: string;
  readonly home: Home;
  /** Shown by the server's connection list. */
  readonly name: string;
  /** How long a worker may be silent, in seconds; 10 unless told. */
  readonly lease?: number;
  readonly signal: AbortSignal;
}

/** An open transport. Disposing closes it, and stops the own server if this command started it. */
export interface NatsSession extends AsyncDisposable {
  readonly transport: Transport;
  /** For local worker processes: with credentials, as far as they are part of an address. */
  readonly url: string;
  readonly isEmbedded: boolean;
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
  if (named !== null) {
    const transport = await open(named, options);
    return {
      transport,
      url: options.nats ?? context.env("NATS_URL") ?? "",
      isEmbedded: false,
      [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
    };
  }
  const server = await openEmbeddedServer(options, context);
  try {
    const transport = await open(parseNatsTarget(server.url), options);
    return {
      transport,
      url: server.url,
      isEmbedded: true,
      [Symbol.asyncDispose]: async () => {
        await transport[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(target: NatsTarget, options: NatsSessionOptions): Promise<Transport> {
  const { name, signal, lease } = options;
  const leaseMs = lease === undefined ? LEASE_MS : milliseconds(1000 * lease);
  return await openTransport(target, {
    name,
    signal,
    leaseMs,
    onStatus: logStatus,
    onRefused: countRefused(logger),
  });
}

/** Uses the home's own server, which is started if it does not run yet. */
export async function openEmbeddedServer(
  { home, signal }: Pick<NatsSessionOptions, "home" | "signal">,
  context: CliContext,
): Promise<EmbeddedServer> {
  return await EmbeddedServer.open({
    home: home.path,
    signal,
    binary: () => findNatsServer(natsServerOptions(context, { home, signal })),
  });
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

function logStatus(status: NatsLinkStatus): void {
  switch (status.kind) {
    case "disconnected":
      logger.warn("Lost the NATS server at {server}: connecting again", status);
      return;
    case "reconnected":
      logger.warn("Connected to the NATS server at {server} again", status);
      return;
    case "error":
      logger.warn("NATS reported: {message}", status);
      return;
    case "reconnecting":
    case "closed":
      return;
    default:
      status satisfies never;
  }
}
