/** `worker --gpus`: a worker process for each GPU, which sees no other, ended together. */
import type { BackendRequest } from "../worker/engine/choose_backend.ts";
import type { CliContext } from "./context.ts";
import { UserError } from "./exit_code.ts";
import { prepareWorker, type WorkerLaunchOptions } from "./confinement/launch.ts";
import type { Interruption } from "./interruption.ts";
import { findGpus, type Gpu, type GpuRequest } from "./gpus.ts";
import { LocalWorkers } from "./local_workers.ts";

/** What is asked for. */
export interface GpuWorkersRequest extends WorkerLaunchOptions {
  readonly gpus: GpuRequest;
  /** Further arguments of each worker. */
  readonly args: readonly string[];
}

/**
 * Runs them until all have ended by themselves, or `drain` aborts; `stop` kills them.
 * @throws {UserError} If there are no such GPUs, or the backend cannot be bound to one of several.
 * @throws {InfrastructureError} If one of them keeps dying.
 */
export async function runGpuWorkers(
  request: GpuWorkersRequest,
  { interruption, drain, ...context }: CliContext & {
    readonly interruption: Interruption;
    readonly drain: AbortSignal;
  },
): Promise<void> {
  const { env, output, timers } = context;
  const gpus = await findGpus(request.gpus, env);
  const backend = backendOn(gpus, request.backend);
  await using launch = await prepareWorker({ ...request, backend }, { context, interruption });
  for (const { index, name } of gpus) output.note(`A worker for GPU ${index}: ${name}`);
  await using workers = await LocalWorkers.start({
    workers: gpus.map(({ index }) => ({
      name: `worker of GPU ${index}`,
      // The numbers of nvidia-smi are those of CUDA only in the order of the bus.
      env: { CUDA_VISIBLE_DEVICES: String(index), CUDA_DEVICE_ORDER: "PCI_BUS_ID" },
    })),
    args: launch.argsOf(["worker", "--backend", backend, ...request.args]),
    env: { ...launch.env, ...(request.nats === undefined ? {} : { NATS_URL: request.nats }) },
    logDir: null,
    timers,
  });
  const kill = (): void => workers.killNow();
  interruption.stop.addEventListener("abort", kill, { once: true });
  try {
    await Promise.race([workers.finished(), aborted(drain)]);
  } finally {
    await workers.end({ sweepIsOver: false });
    interruption.stop.removeEventListener("abort", kill);
  }
}

/** What can be bound to a GPU by CUDA_VISIBLE_DEVICES, unless the user insists. */
function backendOn(gpus: readonly Gpu[], backend: BackendRequest): BackendRequest {
  if (backend === "auto") return "tensorflow-gpu";
  if (backend === "webgpu" && gpus.length > 1) {
    throw new UserError(
      "Cannot bind webgpu to one of several GPUs: Deno chooses the adapter; " +
        "--backend must be tensorflow-gpu, or --gpus must name one GPU",
    );
  }
  return backend;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
