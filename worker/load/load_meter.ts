/** Measures a worker's machine now and then, beside its work: nobody ever waits for it. */
import { getLogger } from "@logtape/logtape";
import { type Milliseconds, milliseconds } from "../../core/domain/units.ts";
import type { Timers } from "../../core/protocol/ports.ts";
import type { GpuLoad, TensorMemory, WorkerLoad } from "../../core/protocol/worker_load.ts";
import { askGpus } from "./ask_gpus.ts";
import { boundGpus } from "./gpu_readings.ts";
import { type HostReading, readHost } from "./host_reading.ts";

const logger = getLogger(["trawl", "worker", "load"]);

const INTERVAL_MS: Milliseconds = milliseconds(5_000);
/** A share over less time says nothing. */
const FIRST_MS: Milliseconds = milliseconds(1_000);
const TIMEOUT_MS: Milliseconds = milliseconds(4_000);
/** After so many failures in a row the GPUs are asked no more. */
const MOST_FAILURES = 3;

/** What the meter works with. */
export interface LoadMeterOptions {
  readonly timers: Timers;
  /** The program that tells of GPUs. */
  readonly nvidiaSmi: string;
  /** The GPUs that this process is bound to, as CUDA_VISIBLE_DEVICES names them. */
  readonly gpu: string | undefined;
  /** Between two measurements. */
  readonly intervalMs?: Milliseconds;
  /** How long the program may take. */
  readonly timeoutMs?: Milliseconds;
}

interface Gpus {
  readonly loads: readonly GpuLoad[];
  readonly unknown?: string;
}

/** The latest measurement of a worker. */
export class LoadMeter {
  readonly #options: LoadMeterOptions;
  #load: WorkerLoad | undefined;
  #gpus: Gpus = { loads: [], unknown: "the GPUs have not answered yet" };
  #failures = 0;
  #asksGpus = true;
  readonly #intervalMs: Milliseconds;

  constructor(options: LoadMeterOptions) {
    this.#intervalMs = options.intervalMs ?? INTERVAL_MS;
    this.#options = options;
  }

  /** The latest measurement, with what tensors occupy now; undefined before the first. */
  latest(tensors: TensorMemory | null = null): WorkerLoad | undefined {
    if (this.#load === undefined) return undefined;
    const { loads, unknown } = this.#gpus;
    return {
      ...this.#load,
      gpus: loads,
      ...(unknown === undefined ? {} : { gpusUnknown: unknown }),
      ...(tensors === null ? {} : { tensors }),
    };
  }

  /** Measures until the signal aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#watchHost(signal), this.#watchGpus(signal)]);
  }

  async #watchHost(signal: AbortSignal): Promise<void> {
    try {
      let before = readHost();
      let isGoingOn = await this.#pause(milliseconds(Math.min(FIRST_MS, this.#intervalMs)), signal);
      while (isGoingOn) {
        const now = readHost();
        this.#load = this.#loadOf(before, now);
        before = now;
        isGoingOn = await this.#pause(this.#intervalMs, signal);
      }
    } catch (error) {
      logger.warn("Cannot measure this machine: {error}", { error });
      this.#load = undefined;
    }
  }

  #loadOf(before: HostReading, now: HostReading): WorkerLoad {
    const total = now.totalTicks - before.totalTicks;
    const share = total > 0 ? (now.busyTicks - before.busyTicks) / total : 0;
    return {
      at: this.#options.timers.now(),
      processors: { count: now.processors, busyShare: Math.min(1, Math.max(0, share)) },
      hostMemory: now.memory,
      processBytes: now.processBytes,
      gpus: [],
    };
  }

  async #watchGpus(signal: AbortSignal): Promise<void> {
    const { nvidiaSmi: program, timers, gpu, timeoutMs = TIMEOUT_MS } = this.#options;
    while (this.#asksGpus && !signal.aborted) {
      const answer = await askGpus({ program, timers, timeoutMs, signal });
      if (signal.aborted) return;
      if (answer.kind === "readings") {
        this.#failures = 0;
        const loads = boundGpus(answer.readings, gpu);
        this.#gpus = loads.length > 0
          ? { loads }
          : { loads, unknown: `${program} lists no GPU "${gpu ?? ""}"` };
      } else this.#giveUp(answer);
      if (this.#asksGpus) await this.#pause(this.#intervalMs, signal);
    }
  }

  #giveUp({ kind, reason }: { readonly kind: "absent" | "failed"; readonly reason: string }): void {
    this.#failures++;
    this.#asksGpus = kind === "failed" && this.#failures < MOST_FAILURES;
    const isFinal = kind === "failed" && !this.#asksGpus;
    const unknown = isFinal ? `${reason}; it failed ${MOST_FAILURES} times in a row` : reason;
    if (isFinal) logger.warn("GPUs are asked no more: {reason}", { reason });
    this.#gpus = { loads: [], unknown: unknown.slice(0, 1_000) };
  }

  /** Whether to go on. */
  async #pause(duration: Milliseconds, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#options.timers.sleep(duration, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return !signal.aborted;
  }
}
