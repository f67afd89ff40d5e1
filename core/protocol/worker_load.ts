/** What a worker measures of its machine and of itself; shares are from 0 to 1, memory is in bytes. */
import type { Instant } from "../domain/units.ts";

/** One GPU, as its driver tells; null: the driver does not tell that of this one. */
export interface GpuLoad {
  readonly index: number;
  readonly name: string;
  /** The share of the last moments in which it computed anything. */
  readonly busyShare: number | null;
  readonly usedBytes: number | null;
  readonly totalBytes: number | null;
  /** In °C. */
  readonly celsius: number | null;
  readonly watts: number | null;
}

/** What TensorFlow.js holds while it trains. */
export interface TensorMemory {
  readonly bytes: number;
  readonly tensors: number;
}

/** One measurement. */
export interface WorkerLoad {
  readonly at: Instant;
  /** Of the host, whoever uses them; the share is over the time since the measurement before. */
  readonly processors: { readonly count: number; readonly busyShare: number };
  readonly hostMemory: { readonly usedBytes: number; readonly totalBytes: number };
  /** What the worker's process occupies, with all of its threads. */
  readonly processBytes: number;
  /** Summed over its slots; absent while none trains. */
  readonly tensors?: TensorMemory | undefined;
  /** Those that the worker is bound to, or all of the host where it is bound to none. */
  readonly gpus: readonly GpuLoad[];
  /** Why `gpus` is empty. */
  readonly gpusUnknown?: string | undefined;
}

/** More GPUs than this are in no host; a record must stay small. */
export const MOST_GPUS = 32;
