/** What programs send and get when they ask for a change: the same types as the document has. */

/** A parameter's value. */
export type BodyValue = number | string | boolean;

/** Which trials are trained again. */
export interface RetryRequest {
  /** Their numbers; null or absent: all that have failed. */
  readonly trials?: readonly number[] | null | undefined;
}

/** A configuration that shall be tried. */
export interface EnqueueRequest {
  /** What is given of it; the rest takes its fixed value, else the trainer's default. */
  readonly hyperparameters: Readonly<Record<string, BodyValue>>;
}

/** What shall be more; what is not named stays as it is. */
export interface ExtendRequest {
  /** Further values, by parameter. */
  readonly add?: Readonly<Record<string, readonly BodyValue[]>> | undefined;
  /** Ranges that shall be searched as well, by parameter. */
  readonly widen?: Readonly<Record<string, readonly [min: number, max: number]>> | undefined;
  /** Trials per configuration. */
  readonly replicates?: number | undefined;
  /** Trials at most; null: no limit. */
  readonly runCap?: number | null | undefined;
}

/** It is in the sweep's journal; what follows from it may take a while. */
export interface SweepAsked {
  readonly status: "accepted";
  readonly sweep: string;
  /** Who asked, as the journal has it. */
  readonly by: string;
}

/** It is in the journals of these sweeps: the worker hears of it from one of their coordinators. */
export interface WorkerAsked {
  readonly status: "accepted";
  readonly worker: string;
  readonly by: string;
  readonly sweeps: readonly string[];
}
