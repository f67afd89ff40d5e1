/** `trawl worker`: a process that trains packs of whatever sweeps the NATS server carries. */
import { InvalidArgumentError, Option } from "commander";
import { hostname } from "node:os";
import { milliseconds } from "../../core/domain/units.ts";
import type { BackendRequest } from "../../worker/engine/choose_backend.ts";
import { parseTriedBackends, type TriedBackends } from "../../worker/engine/tried_backends.ts";
import { LoadMeter } from "../../worker/load/load_meter.ts";
import { runWorker } from "../../worker/run_worker.ts";
import { openTrainingThread } from "../../worker/training_thread.ts";
import { launchWorker } from "../confinement/launch.ts";
import type { CliContext } from "../context.ts";
import { EXIT, type ExitCode } from "../exit_code.ts";
import { openHome } from "../home.ts";
import { listenForInterruption } from "../interruption.ts";
import { configureLogging } from "../logging.ts";
import { openNatsSession } from "../nats_session.ts";
import { newWorkerId } from "../new_id.ts";
import type { GpuRequest } from "../gpus.ts";
import { runGpuWorkers } from "../gpu_workers.ts";
import { nvidiaSmi } from "../nvidia_smi.ts";
import { allOrNumbers, integer, oneOf } from "../option_parsers.ts";
import { parentGone } from "../parent_gone.ts";
import type { AddCommand } from "../command.ts";
import { TRAWL_VERSION } from "../versions.ts";
import { addonsDir } from "../backend_install/addons_dir.ts";
import { BACKEND_REQUESTS } from "./backend_option.ts";
import {
  addLeaseOption,
  addPlaceOptions,
  exitWithParentOption,
  type LeaseOptions,
  type PlaceOptions,
} from "./common_options.ts";

interface WorkerOptions extends PlaceOptions, LeaseOptions {
  readonly backend: BackendRequest;
  readonly slots: number;
  readonly gpus?: GpuRequest;
  readonly maxIdle?: number;
  readonly dataDir?: string;
  readonly checkpointEvery: number;
  /** False with `--no-modules`. */
  readonly modules: boolean;
  readonly exitWithParent?: boolean;
  readonly tried?: TriedBackends;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Adds the verb. */
export const addWorkerCommand: AddCommand = (program, run) => {
  addLeaseOption(addPlaceOptions(program.command("worker")))
    .description("Join running sweeps: take packs and train them, until Ctrl-C")
    .option(
      "--backend <name>",
      `what to compute on: ${BACKEND_REQUESTS.join(", ")}`,
      oneOf(BACKEND_REQUESTS),
      "auto",
    )
    .option("--slots <n>", "packs trained at once, each in a thread of its own", integer(1, 64), 1)
    .option(
      "--gpus <all|n,…>",
      "one worker process for each of these GPUs, started again when it dies",
      allOrNumbers,
    )
    .option("--max-idle <seconds>", "end after so long without work", integer(1, 2 ** 31 - 1))
    .option("--data-dir <dir>", "directory of dataset files")
    .option(
      "--checkpoint-every <seconds>",
      "training between two checkpoints",
      integer(1, 3600),
      3,
    )
    .option("--no-modules", "run no training functions of users; their packs go to other workers")
    .addOption(exitWithParentOption())
    .addOption(
      new Option("--tried <json>", "what trying backends came to: for processes that start workers")
        .argParser(triedBackends).hideHelp(),
    )
    .option("--json", "log as JSON lines")
    .option("--verbose", "log more")
    .addHelpText(
      "after",
      `
Examples:
  deno task worker --nats nats://user:password@coordinator:4222
  NATS_URL=nats://coordinator NATS_CREDS=worker.creds deno task worker --slots 2 --max-idle 600
  deno task worker --nats nats://coordinator:4222 --gpus all
  deno task worker --nats nats://coordinator:4222 --gpus 0,2 --slots 2
  deno task worker --nats nats://coordinator:4222 --no-modules

Each worker of --gpus sees its GPU alone (CUDA_VISIBLE_DEVICES) and computes on tensorflow-gpu unless
--backend says otherwise. Deno cannot choose among adapters, so webgpu goes with one GPU at most.
`,
    )
    .action((options: WorkerOptions) =>
      run((context) => {
        const { launches } = context;
        if (options.gpus !== undefined) return onGpus(options, context);
        return launches === undefined
          ? work(options, context)
          : launchWorker(options, { context, args: launches });
      })
    );
};

function triedBackends(text: string): TriedBackends {
  try {
    return parseTriedBackends(text);
  } catch {
    throw new InvalidArgumentError("It must be a record of trials, as JSON.");
  }
}

/** One worker process for each GPU, until all have ended. */
async function onGpus(options: WorkerOptions, context: CliContext): Promise<ExitCode> {
  const { output } = context;
  const level = options.verbose ? "debug" : "info";
  await configureLogging(output, { level, json: options.json ?? false });
  using interruption = listenForInterruption(() =>
    output.note("Draining: packs are given back with a checkpoint; Ctrl-C again ends at once")
  );
  const drain = options.exitWithParent
    ? AbortSignal.any([interruption.drain, parentGone()])
    : interruption.drain;
  const { gpus = "all" } = options;
  await runGpuWorkers({ ...options, gpus, args: argsForAll(options) }, {
    ...context,
    interruption,
    drain,
  });
  return EXIT.completed;
}

/** Every option but those that differ from worker to worker, and the address with its password. */
function argsForAll(options: WorkerOptions): readonly string[] {
  return [
    ["--home", options.home],
    ["--slots", String(options.slots)],
    ["--lease", String(options.lease)],
    ["--checkpoint-every", String(options.checkpointEvery)],
    options.maxIdle === undefined ? [] : ["--max-idle", String(options.maxIdle)],
    options.dataDir === undefined ? [] : ["--data-dir", options.dataDir],
    options.modules ? [] : ["--no-modules"],
    options.json ? ["--json"] : [],
    options.verbose ? ["--verbose"] : [],
  ].flat();
}

async function work(options: WorkerOptions, context: CliContext): Promise<ExitCode> {
  const { timers, output } = context;
  const level = options.verbose ? "debug" : "info";
  await configureLogging(output, { level, json: options.json ?? false });
  using interruption = listenForInterruption(() =>
    output.note("Draining: packs are given back with a checkpoint; Ctrl-C again ends at once")
  );
  const drain = options.exitWithParent
    ? AbortSignal.any([interruption.drain, parentGone()])
    : interruption.drain;
  const home = await openHome(options.home);
  const worker = newWorkerId(hostname(), Deno.pid);
  await using session = await openNatsSession(
    { ...options, home, name: `trawl-worker/${hostname()}`, signal: drain },
    context,
  );
  const { transport } = session;
  output.note(`Worker ${worker} waits for packs on ${transport.description}`);
  const gpu = context.env("CUDA_VISIBLE_DEVICES") || undefined;
  const summary = await runWorker({
    worker,
    host: hostname(),
    pid: Deno.pid,
    version: TRAWL_VERSION,
    gpu,
    slots: options.slots,
    maxIdleMs: options.maxIdle === undefined ? null : milliseconds(1000 * options.maxIdle),
    drain,
    stop: interruption.stop,
    acceptsModules: options.modules,
  }, {
    queue: transport.packs,
    api: transport.api,
    artifacts: transport.artifacts,
    presence: transport.presence,
    timers,
    meter: new LoadMeter({ timers, nvidiaSmi: nvidiaSmi(context.env), gpu }),
    openThread: () =>
      openTrainingThread({
        timers,
        setup: {
          backend: options.backend,
          home: home.path,
          dataDir: options.dataDir ?? null,
          addonsDir: addonsDir(context.env, home.path),
          tried: options.tried,
          checkpointEveryMs: milliseconds(1000 * options.checkpointEvery),
        },
      }),
  });
  const { trialsFinished, packs, backend, ended } = summary;
  output.note(`Trained ${trialsFinished} trials in ${packs} packs on ${backend}; ended: ${ended}`);
  // A drained worker did what it was asked to do.
  return EXIT.completed;
}
