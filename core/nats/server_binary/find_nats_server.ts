/** The ladder to a `nats-server` binary: what is there first, then what can be fetched. */
import { join } from "node:path";
import { type Milliseconds, milliseconds } from "../../domain/units.ts";
import { lockFile } from "../embedded_server_lock.ts";
import { aptRoute } from "./apt_route.ts";
import { cacheRoute } from "./cache_route.ts";
import { downloadRoute } from "./download_route.ts";
import { explicitRoute } from "./explicit_route.ts";
import { goRoute } from "./go_route.ts";
import { ADVICE_PROGRAMS, installAdvice } from "./install_advice.ts";
import type { NatsServerBinary, Route, RouteContext, RouteProgress } from "./route.ts";
import { findProgram, searchPathRoute } from "./search_path_route.ts";
import type { ServerPlatform } from "./server_platform.ts";
import { PINNED_RELEASE, type ServerRelease } from "./server_release.ts";

export type { NatsServerBinary, RouteProgress } from "./route.ts";

/** Where to look and how to fetch. */
export interface FindNatsServerOptions {
  /** Trawl's folder for programs, such as `<user's cache>/trawl/bin`. */
  readonly cacheDir: string;
  /** The value of `PATH`. */
  readonly searchPath: string;
  /** The value of `NATS_SERVER_BIN`. */
  readonly explicitPath?: string | undefined;
  /** Looked at after `searchPath`; the folders of the usual package managers unless told. */
  readonly systemDirectories?: readonly string[];
  /** `false` looks only at what is on this machine; true unless told. */
  readonly fetch?: boolean;
  /** The release to download or build; the pinned one unless told. */
  readonly release?: ServerRelease;
  readonly platform?: ServerPlatform;
  /** How long a download may take to begin; 5 s unless told. */
  readonly connectWithin?: Milliseconds;
  /** How long a download may stay silent; 5 s unless told. */
  readonly silenceWithin?: Milliseconds;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: RouteProgress) => void;
}

/** One route that led nowhere. */
export interface RouteAttempt {
  readonly route: string;
  readonly reason: string;
}

/** No route led to a usable binary. */
export class NatsServerBinaryError extends Error {
  override readonly name = "NatsServerBinaryError";
  readonly attempts: readonly RouteAttempt[];
  /** The one command for this system. */
  readonly advice: string;

  constructor(attempts: readonly RouteAttempt[], advice: string) {
    const lines = attempts.map(({ route, reason }) => `  ${route}: ${reason}`);
    super(
      `Cannot find a nats-server: no way to it worked\n${lines.join("\n")}\n` +
        `  to get one: ${advice}`,
    );
    this.attempts = attempts;
    this.advice = advice;
  }
}

const SYSTEM_DIRECTORIES = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];
const DEFAULT_WAIT = milliseconds(5_000);

type NamedRoute = readonly [name: string, route: Route];

const LOCAL_ROUTES: readonly NamedRoute[] = [
  ["NATS_SERVER_BIN", explicitRoute],
  ["PATH", searchPathRoute],
  ["cache", cacheRoute],
];
const FETCHING_ROUTES: readonly NamedRoute[] = [
  ["release archive", downloadRoute],
  ["apt-get download", aptRoute],
  ["go install", goRoute],
];

/**
 * Finds a `nats-server` of at least 2.9.0, fetching one into the cache if the machine has none.
 * Only one process fetches at a time; those that waited take what it fetched.
 *
 * @throws {NatsServerBinaryError} If no route works; it lists what each said.
 * @throws The signal's reason, if it aborts.
 */
export async function findNatsServer(options: FindNatsServerOptions): Promise<NatsServerBinary> {
  const context = contextOf(options);
  const attempts: RouteAttempt[] = [];
  const local = await climb(LOCAL_ROUTES, context, attempts);
  if (local !== undefined) return local;
  if (options.fetch ?? true) {
    const fetched = await fetchAlone(context, attempts);
    if (fetched !== undefined) return fetched;
  }
  throw new NatsServerBinaryError(attempts, installAdvice(await programsHere(context)));
}

async function climb(
  routes: readonly NamedRoute[],
  context: RouteContext,
  attempts: RouteAttempt[],
): Promise<NatsServerBinary | undefined> {
  for (const [name, route] of routes) {
    context.signal?.throwIfAborted();
    context.onProgress({ kind: "trying", route: name });
    const outcome = await route(context);
    if (outcome.status === "found") {
      const { path, version, how } = outcome;
      return { path, version, how };
    }
    context.onProgress({ kind: "unavailable", route: name, reason: outcome.reason });
    attempts.push({ route: name, reason: outcome.reason });
  }
  return undefined;
}

async function fetchAlone(
  context: RouteContext,
  attempts: RouteAttempt[],
): Promise<NatsServerBinary | undefined> {
  let lock: Disposable;
  try {
    await Deno.mkdir(context.cacheDir, { recursive: true });
    lock = await lockFile(join(context.cacheDir, "fetch.lock"), context.signal);
  } catch (error) {
    context.signal?.throwIfAborted();
    const reason = `cannot write it: ${error instanceof Error ? error.message : String(error)}`;
    attempts.push({ route: `cache ${context.cacheDir}`, reason });
    return undefined;
  }
  using _held = lock;
  const fetchedMeanwhile = await cacheRoute(context);
  if (fetchedMeanwhile.status === "found") return fetchedMeanwhile;
  return await climb(FETCHING_ROUTES, context, attempts);
}

async function programsHere(context: RouteContext): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const program of ADVICE_PROGRAMS) {
    if (await findProgram(program, context) !== undefined) found.add(program);
  }
  return found;
}

function contextOf(options: FindNatsServerOptions): RouteContext {
  return {
    explicitPath: options.explicitPath,
    searchPath: options.searchPath,
    systemDirectories: options.systemDirectories ?? SYSTEM_DIRECTORIES,
    cacheDir: options.cacheDir,
    platform: options.platform ?? { os: Deno.build.os, arch: Deno.build.arch },
    release: options.release ?? PINNED_RELEASE,
    connectWithin: options.connectWithin ?? DEFAULT_WAIT,
    silenceWithin: options.silenceWithin ?? DEFAULT_WAIT,
    signal: options.signal,
    onProgress: options.onProgress ?? (() => {}),
  };
}
