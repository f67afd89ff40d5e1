/** The local workers of one sweep, each confined to what that sweep needs of this machine. */
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { chosenAddon, tryBackends } from "../worker/engine/tried_backends.ts";
import type { BackendRequest } from "../worker/engine/choose_backend.ts";
import { addonsDir } from "./backend_install/addons_dir.ts";
import type { LeaseOptions } from "./commands/common_options.ts";
import { confinedArgs } from "./confinement/confined_process.ts";
import { dataFolders, grantedTo } from "./confinement/data_folders.ts";
import { keyFiles } from "./confinement/server_place.ts";
import { confineWorker } from "./confinement/worker_confinement.ts";
import type { CliContext } from "./context.ts";
import type { Home } from "./home.ts";
import { LocalWorkers } from "./local_workers.ts";
import type { NatsSession } from "./nats_session.ts";
import { findNvidiaSmi } from "./nvidia_smi.ts";

/** What the user asked of local workers. */
export interface LocalWorkerRequest extends LeaseOptions {
  /** How many. */
  readonly workers: number;
  readonly backend: BackendRequest;
  readonly dataDir?: string;
  readonly verbose?: boolean;
}

/** Starts as many as were asked for. */
export async function startLocalWorkers(
  { id, spec }: SweepLedger,
  session: NatsSession,
  { options, home, context }: {
    readonly options: LocalWorkerRequest;
    readonly home: Home;
    readonly context: CliContext;
  },
): Promise<LocalWorkers> {
  const { env, timers } = context;
  const addons = addonsDir(env, home.path);
  const { url, caFile } = session;
  const files = [...keyFiles(env), ...(caFile === undefined ? [] : [caFile])];
  // Once for all of them; without workers nobody needs to know.
  const tried = options.workers === 0 ? {} : await tryBackends(options.backend, addons);
  const confinement = confineWorker({
    home: home.path,
    dataDir: options.dataDir,
    folders: dataFolders(spec.task),
    granted: grantedTo(spec.task),
    server: { ...session, files },
    addonsDir: addons,
    addon: chosenAddon(tried),
    nvidiaSmi: await findNvidiaSmi(env),
  });
  return await LocalWorkers.start({
    workers: Array.from({ length: options.workers }, (_, i) => ({ name: `worker ${i + 1}` })),
    args: confinedArgs(confinement, [
      ...["worker", "--exit-with-parent", "--tried", JSON.stringify(tried)],
      ...workerArgs(options, home),
    ]),
    env: { NATS_URL: url, ...(caFile && { NATS_CA: caFile }) },
    logDir: `${home.path}/logs/${id}`,
    timers,
  });
}

function workerArgs(options: LocalWorkerRequest, home: Home): readonly string[] {
  return [
    ["--home", home.path],
    ["--backend", options.backend],
    ["--lease", String(options.lease)],
    options.dataDir === undefined ? [] : ["--data-dir", options.dataDir],
    options.verbose ? ["--verbose"] : [],
  ].flat();
}
