/**
 * Starting a worker or a dashboard that may touch only what it needs. The process that does it has
 * its user's rights and reads nothing but its arguments and environment; it keeps the home's NATS
 * server and tries backends, for which programs must be run; the confined one runs nvidia-smi at most.
 */
import { addonsDir } from "../backend_install/addons_dir.ts";
import type { BackendRequest } from "../../worker/engine/choose_backend.ts";
import { chosenAddon, tryBackends } from "../../worker/engine/tried_backends.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode } from "../exit_code.ts";
import { type Home, openHome } from "../home.ts";
import { type Interruption, listenForInterruption } from "../interruption.ts";
import { namedNatsTarget } from "../nats_options.ts";
import { findNvidiaSmi } from "../nvidia_smi.ts";
import { openEmbeddedServer } from "../nats_session.ts";
import { confinedArgs, runConfined } from "./confined_process.ts";
import { confineDashboard } from "./dashboard_confinement.ts";
import { keyFiles, type ServerPlace } from "./server_place.ts";
import { confineWorker } from "./worker_confinement.ts";

/** What both roles are started with. */
export interface LaunchOptions {
  readonly nats?: string;
  readonly home: string;
}

/** The process's edges, and the arguments to hand on. */
export interface Launch {
  readonly context: CliContext;
  readonly args: readonly string[];
}

/** How workers are started. */
export interface WorkerLaunchOptions extends LaunchOptions {
  readonly backend: BackendRequest;
  readonly dataDir?: string;
}

/** All that confined workers of one kind are started with. Disposing gives the server back. */
export interface WorkerLaunch extends AsyncDisposable {
  /** The arguments of `deno`, from those of Trawl. */
  readonly argsOf: (args: readonly string[]) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a worker to its end; resolves with its exit code. */
export async function launchWorker(
  options: WorkerLaunchOptions,
  { context, args }: Launch,
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  await using launch = await prepareWorker(options, { context, interruption });
  const code = await runConfined({ args: launch.argsOf(args), env: launch.env, interruption });
  return exitCodeOf(code);
}

/** Finds the server, tries the backends, and draws the limits. */
export async function prepareWorker(
  options: WorkerLaunchOptions,
  { context, interruption }: {
    readonly context: CliContext;
    readonly interruption: Interruption;
  },
): Promise<WorkerLaunch> {
  const home = await openHome(options.home);
  const server = await openServerPlace(options, { home, context, interruption });
  const addons = addonsDir(context.env, home.path);
  const tried = await tryBackends(options.backend, addons);
  const confinement = confineWorker({
    home: home.path,
    dataDir: options.dataDir,
    server,
    addonsDir: addons,
    addon: chosenAddon(tried),
    nvidiaSmi: await findNvidiaSmi(context.env),
  });
  const added = ["--exit-with-parent", "--tried", JSON.stringify(tried)];
  return {
    argsOf: (args) => confinedArgs(confinement, [...args, ...added]),
    env: server.env,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Runs a dashboard to its end; resolves with its exit code. */
export async function launchDashboard(
  options: LaunchOptions & { readonly host: string },
  { context, args }: Launch,
): Promise<ExitCode> {
  using interruption = listenForInterruption();
  const home = await openHome(options.home);
  await using server = await openServerPlace(options, { home, context, interruption });
  const confinement = confineDashboard({ home: home.path, server, host: options.host });
  const code = await runConfined({
    args: confinedArgs(confinement, [...args, "--exit-with-parent"]),
    env: server.env,
    interruption,
  });
  return exitCodeOf(code);
}

interface OpenServerPlace extends ServerPlace, AsyncDisposable {
  /** How the confined process learns of it. */
  readonly env: Readonly<Record<string, string>>;
}

async function openServerPlace(
  { nats }: LaunchOptions,
  { home, context, interruption }: {
    readonly home: Home;
    readonly context: CliContext;
    readonly interruption: Interruption;
  },
): Promise<OpenServerPlace> {
  // Parsed here only to refuse early what cannot be read.
  if (namedNatsTarget(nats, context.env) !== null) {
    return {
      isEmbedded: false,
      url: nats ?? context.env("NATS_URL") ?? "",
      files: keyFiles(context.env),
      env: {},
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const server = await openEmbeddedServer(
    { home, signal: interruption.drain },
    context,
  );
  const { url, caFile } = server;
  return {
    isEmbedded: true,
    url,
    files: caFile === undefined ? [] : [caFile],
    env: { NATS_URL: url, ...(caFile && { NATS_CA: caFile }) },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function exitCodeOf(code: number): ExitCode {
  const known = Object.values(EXIT).find((each) => each === code);
  // A signal ended it, or Deno itself did.
  return known ?? EXIT.infrastructure;
}
