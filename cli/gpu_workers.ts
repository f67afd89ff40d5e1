/** `worker --gpus`: a worker process for each GPU, which sees no other, ended together. */
import type { BackendRequest } from "../worker/engine/choose_backend.ts";
import type { CliContext } from "./context.ts";
import { UserError } from "./exit_code.ts";
import { findGpus, type Gpu, type GpuRequest } from "./gpus.ts";
import { LocalWorkers } from "./local_workers.ts";

/** What is asked for. */
export interface GpuWorkersRequest {
  readonly gpus: GpuRequest;
  readonly backend: BackendRequest;
  /** May hold a password. */
  readonly nats?: string | undefined;
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
  { env, output, timers, drain, stop }: CliContext & {
    readonly drain: AbortSignal;
    readonly stop: AbortSignal;
  },
): Promise<void> {
  const gpus = await findGpus(request.gpus, env);
  const backend = backendOn(gpus, request.backend);
  for (const { index, name } of gpus) output.note(`A worker for GPU ${index}: ${name}`);
  await using workers = await LocalWorkers.start({
    workers: gpus.map(({ index }) => ({
      name: `worker of GPU ${index}`,
      // The numbers of nvidia-smi are those of CUDA only in the order of the bus.
      env: { CUDA_VISIBLE_DEVICES: String(index), CUDA_DEVICE_ORDER: "PCI_BUS_ID" },
    })),
    args: ["--backend", backend, ...request.args],
    env: request.nats === undefined ? {} : { NATS_URL: request.nats },
    logDir: null,
    timers,
  });
  const kill = (): void => workers.killNow();
  stop.addEventListener("abort", kill, { once: true });
  try {
    await Promise.race([workers.finished(), aborted(drain)]);
  } finally {
    await workers.end({ sweepIsOver: false });
    stop.removeEventListener("abort", kill);
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
