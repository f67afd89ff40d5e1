/** The worker role: slots that pull leases and train packs until they drain, idle too long, or stop. */
import { getLogger } from "@logtape/logtape";
import type { WorkerId } from "../core/domain/ids.ts";
import { type Milliseconds, milliseconds } from "../core/domain/units.ts";
import type {
  ApiClient,
  ArtifactStore,
  PackQueue,
  PresenceDirectory,
  Timers,
} from "../core/protocol/ports.ts";
import type { TensorMemory, WorkerLoad } from "../core/protocol/worker_load.ts";
import { runPresenceLoop } from "./presence_loop.ts";
import { SlotLoop } from "./slot_loop.ts";
import type { ThreadBackend } from "./thread_messages.ts";
import type { TrainingThread } from "./training_thread.ts";
import { ModuleStore } from "./user_module/module_store.ts";
import { WorkerState } from "./worker_state.ts";

const logger = getLogger(["trawl", "worker"]);

/** How long training may show no sign of life, unless told. */
const MAX_SILENCE_MS: Milliseconds = milliseconds(10 * 60_000);

/** What a worker is built from. */
export interface WorkerDeps {
  readonly queue: PackQueue;
  readonly api: ApiClient;
  readonly artifacts: ArtifactStore;
  readonly presence: PresenceDirectory;
  readonly timers: Timers;
  /** Starts a training thread; called once for each slot. */
  readonly openThread: () => TrainingThread;
  /** Measures the machine; without it a worker does not tell what it is used for. */
  readonly meter?: WorkerMeter | undefined;
}

/** What measures a worker's machine. */
export interface WorkerMeter {
  /** Until the signal aborts. Never rejects. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly latest: (tensors: TensorMemory | null) => WorkerLoad | undefined;
}

/** How a worker works. */
export interface WorkerOptions {
  readonly worker: WorkerId;
  readonly host: string;
  readonly pid: number;
  /** Trawl's version. */
  readonly version: string;
  /** The GPU that the process is bound to. */
  readonly gpu?: string | undefined;
  /** Packs trained at once, each in a thread of its own; 1 unless told. */
  readonly slots?: number;
  /** Ends after so long without a pack; null: never. */
  readonly maxIdleMs: Milliseconds | null;
  /** First stage: takes no new lease, gives its packs back with a checkpoint, then ends. */
  readonly drain: AbortSignal;
  /** Second stage: ends at once; what was journalled stays. */
  readonly stop: AbortSignal;
  readonly maxSilenceMs?: Milliseconds;
  /** Whether it runs modules of users; it does unless told. */
  readonly acceptsModules?: boolean;
}

/** What a worker has done when it ends. */
export interface WorkerSummary {
  readonly backend: string;
  readonly packs: number;
  readonly trialsFinished: number;
  readonly ended: "drained" | "idle" | "stopped";
}

/**
 * Works until drained, idle for too long or stopped. Threads and presence are gone when it is over.
 * @throws {TrainingThreadError} If no backend works here: nothing was leased then.
 */
export async function runWorker(options: WorkerOptions, deps: WorkerDeps): Promise<WorkerSummary> {
  using threads = new DisposableStack();
  const slots = Array.from({ length: options.slots ?? 1 }, () => threads.use(deps.openThread()));
  const [backend] = await Promise.all(slots.map((thread) => thread.ready()));
  if (backend === undefined) throw new RangeError("Cannot run a worker: it must have a slot");
  logger.info("Worker {worker} computes on {backend}: {reason}", {
    worker: options.worker,
    backend: backend.name,
    reason: backend.reason,
    refused: backend.refused,
  });
  return await work(slots, { options, deps, backend });
}

interface Working {
  readonly options: WorkerOptions;
  readonly deps: WorkerDeps;
  readonly backend: ThreadBackend;
}

async function work(slots: readonly TrainingThread[], working: Working): Promise<WorkerSummary> {
  const { options, deps, backend } = working;
  const { worker, drain, stop } = options;
  const { timers } = deps;
  const state = stateOf(slots.length, working);
  const asked = new AbortController();
  const leaving = AbortSignal.any([drain, stop, asked.signal]);
  const over = new AbortController();
  const presence = runPresenceLoop({
    directory: deps.presence,
    timers,
    presence: () =>
      state.presence(timers.now(), {
        draining: leaving.aborted,
        load: deps.meter?.latest(tensorsOf(slots)),
      }),
    signal: over.signal,
  });
  const measuring = deps.meter?.run(over.signal);
  try {
    const onDrainAsked = (): void => {
      if (!asked.signal.aborted) logger.info("Worker {worker} is asked to drain", { worker });
      asked.abort();
    };
    const packs = await runSlots(slots, { ...working, state, leaving, onDrainAsked });
    const isDrained = drain.aborted || asked.signal.aborted;
    const ended = stop.aborted ? "stopped" : isDrained ? "drained" : "idle";
    const { trialsFinished } = state;
    logger.info("Worker {worker} ends: {ended}", { worker, ended, packs, trialsFinished });
    return { backend: backend.name, packs, trialsFinished, ended };
  } finally {
    over.abort();
    await Promise.all([presence, measuring]);
  }
}

/** Of all slots that train; null where none does. */
function tensorsOf(slots: readonly TrainingThread[]): TensorMemory | null {
  const held = slots.flatMap((slot) => slot.tensors?.() ?? []);
  if (held.length === 0) return null;
  return {
    bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
    tensors: held.reduce((sum, { tensors }) => sum + tensors, 0),
  };
}

function stateOf(slots: number, { options, deps, backend }: Working): WorkerState {
  const { worker, host, pid, version, gpu } = options;
  const { name, reason, refused } = backend;
  const startedAt = deps.timers.now();
  return new WorkerState({
    worker,
    host,
    pid,
    version,
    backend: name,
    reason,
    refused,
    ...(gpu === undefined ? {} : { gpu }),
    slots,
    startedAt,
  });
}

/** Runs every slot to its end. @returns How many attempts they trained together. */
async function runSlots(
  slots: readonly TrainingThread[],
  { options, deps, backend, state, leaving, onDrainAsked }: Working & {
    readonly state: WorkerState;
    readonly leaving: AbortSignal;
    readonly onDrainAsked: () => void;
  },
): Promise<number> {
  const { worker, stop, maxIdleMs, maxSilenceMs = MAX_SILENCE_MS, acceptsModules = true } = options;
  const modules = new ModuleStore(deps.artifacts);
  const broken = new AbortController();
  const drain = AbortSignal.any([leaving, broken.signal]);
  const counts = slots.map((thread) =>
    new SlotLoop({
      deps: { ...deps, thread, modules },
      state,
      worker,
      backend: backend.name,
      attempt: { drain, stop, maxSilenceMs, onDrainAsked },
      maxIdleMs,
      acceptsModules,
    }).run().catch((error: unknown) => {
      // A bug in one slot: the others give their packs back before it is told.
      broken.abort(error);
      throw error;
    })
  );
  await Promise.allSettled(counts);
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
