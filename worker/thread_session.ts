/** A training thread from inside: one backend for its life, one dataset at a time, one job at a time. */
import type { Clock } from "../core/domain/units.ts";
import { DatasetCache } from "./dataset_cache.ts";
import type { Backend } from "./engine/backend.ts";
import { createBackendLoaders } from "./engine/backend_loaders.ts";
import { type BackendRequest, chooseBackend, type ChosenBackend } from "./engine/choose_backend.ts";
import { tensorMemory } from "./engine/tensorflow.ts";
import { JobRun, type JobSink } from "./job_run.ts";
import type {
  DataJob,
  JobOutcome,
  ThreadMessage,
  ThreadRequest,
  ThreadSetup,
} from "./thread_messages.ts";

/** What a session is given by the module that owns the thread. */
export interface ThreadSessionOptions {
  /** Sends to the owner; what is in `transfer` is moved, not copied. */
  readonly post: (message: ThreadMessage, transfer?: Transferable[]) => void;
  readonly clock: Clock;
}

/** Answers the owner's requests. */
export class ThreadSession {
  readonly #options: ThreadSessionOptions;
  readonly #datasets = new DatasetCache();
  #setup: ThreadSetup | null = null;
  #backend: Promise<Backend> | null = null;
  #current: { readonly id: number; readonly run: JobRun } | null = null;

  constructor(options: ThreadSessionOptions) {
    this.#options = options;
  }

  /**
   * Obeys a request; the promise settles when it is done with.
   * @throws {Error} If the owner breaks the order: set up once, then train one job at a time.
   */
  async receive(request: ThreadRequest): Promise<void> {
    switch (request.type) {
      case "setUp":
        return await this.#setUp(request.setup);
      case "train":
        return await this.#train(request.job, request.pack);
      case "stopLanes":
        return this.#runOf(request.job)?.stopLanes(request.trials, request);
      case "copyLanes":
        return this.#runOf(request.job)?.copyLanes(request.parts);
      case "decided":
        return this.#runOf(request.job)?.decided(request.epoch);
      case "drain":
        return this.#runOf(request.job)?.drain();
      case "abort":
        return this.#runOf(request.job)?.abort();
      default:
        request satisfies never;
    }
  }

  async #setUp(setup: ThreadSetup): Promise<void> {
    this.#setup = setup;
    const { post } = this.#options;
    const choosing = chooseBackend(
      setup.backend,
      createBackendLoaders({ addonsDir: setup.addonsDir ?? null, tried: setup.tried }),
    );
    this.#backend = choosing.then(({ backend }) => backend);
    // A job that waits for it fails with the same reason.
    this.#backend.catch(() => {});
    try {
      const chosen = await choosing;
      const { backend: { name }, refused } = chosen;
      post({
        type: "ready",
        backend: { name, reason: reasonFor(setup.backend, chosen), refused },
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      post({ type: "unavailable", message });
    }
  }

  async #train(id: number, pack: DataJob): Promise<void> {
    const setup = this.#setup;
    const backend = this.#backend;
    if (setup === null || backend === null) throw new Error("Cannot train: not set up yet");
    if (this.#current !== null) throw new Error("Cannot train: another job is under way");
    const { post, clock } = this.#options;
    const { home, dataDir, checkpointEveryMs } = setup;
    const sink: JobSink = {
      alive: () => post({ type: "alive", job: id }),
      epoch: (record, laneSteps) =>
        post({ type: "epoch", job: id, record, laneSteps, tensors: tensorMemory() }),
      checkpoint: (saved) => post({ type: "checkpoint", job: id, ...saved }, [saved.bytes.buffer]),
      log: (level, text) => post({ type: "log", job: id, level, text }),
      copied: (saved) => post({ type: "copied", job: id, ...saved }, [saved.bytes.buffer]),
    };
    const run = new JobRun(pack, {
      backend: () => backend,
      openDataset: (job, { signal, alive }) =>
        this.#datasets.open(job, {
          home,
          ...(dataDir === null ? {} : { dataDir }),
          signal,
          progress: alive,
        }),
      clock,
      checkpointEveryMs,
      sink,
    });
    this.#current = { id, run };
    const outcome = await run.run();
    this.#current = null;
    post({ type: "ended", job: id, outcome }, memoryOf(outcome));
  }

  #runOf(id: number): JobRun | null {
    return this.#current?.id === id ? this.#current.run : null;
  }
}

/** The files of an outcome, to be moved rather than copied. */
function memoryOf(outcome: JobOutcome): Transferable[] {
  if (outcome.kind !== "trained") return [];
  const { files = [], paused } = outcome;
  return [paused?.bytes ?? null, ...files.flatMap(({ result, model }) => [result, model])]
    .flatMap((bytes) => bytes === null ? [] : [bytes.buffer]);
}

function reasonFor(request: BackendRequest, { backend, refused }: ChosenBackend): string {
  if (request !== "auto") return `asked for by name; it passed its self-test on ${backend.device}`;
  const order = refused.length === 0 ? "the first choice" : "the first that works";
  return `${order}; it passed its self-test on ${backend.device}`;
}
