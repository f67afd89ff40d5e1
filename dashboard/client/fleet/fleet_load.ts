/** What a worker measured, as the Fleet page has it; shares are from 0 to 1, memory is in bytes. */

/** One quantity over the last minutes. */
export interface LoadSeries {
  /** The latest measurement; null: it could not be told. */
  readonly now: number | null;
  /** In equal parts of that time, the present one last; null: nothing was measured. */
  readonly points: readonly (number | null)[];
}

/** A GPU over the last minutes. */
export interface FleetGpu {
  readonly index: number;
  readonly name: string;
  readonly busyShare: LoadSeries;
  readonly usedBytes: LoadSeries;
  readonly totalBytes: number | null;
  readonly celsius: LoadSeries;
  readonly watts: LoadSeries;
}

/** A worker's machine, its process and its GPUs. */
export interface FleetLoad {
  readonly measuredAt: number;
  /** How far back the series go. */
  readonly minutes: number;
  /** Of the host, whoever uses them. */
  readonly processors: number;
  readonly processorShare: LoadSeries;
  readonly hostUsedBytes: LoadSeries;
  readonly hostTotalBytes: number;
  /** What the worker's process occupies. */
  readonly processBytes: LoadSeries;
  /** What TensorFlow.js holds; null while the worker trains nothing. */
  readonly tensors: { readonly bytes: number; readonly count: number } | null;
  readonly gpus: readonly FleetGpu[];
  /** Why `gpus` is empty. */
  readonly gpusUnknown: string | null;
}
