/**
 * What a training function of the user is given, and what it gives back: the types of a module that a
 * sweep file names with `task: { module: … }`.
 */

/** A trial's parameters by their names in the sweep file. */
export type TrialParameters = Readonly<Record<string, number | string | boolean>>;

/** What a function measured, by names of at most 64 ASCII characters. */
export type TrialMetrics = Readonly<Record<string, number>>;

/** What the sweep wants of a trial after a report. On `stop`, `signal` has aborted already. */
export type TrialDecision = "continue" | "stop";

/** Where an earlier attempt of the same trial left off. */
export interface ResumedTrial {
  /** The epoch of the last report before the checkpoint; 0 if there was none. */
  readonly epoch: number;
  /** As they were given to `checkpoint`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A trial, as its training function sees it. */
export interface Trial {
  /** The trial's number in its sweep, from 0. */
  readonly number: number;
  /** Which repetition of its configuration it is, from 0. */
  readonly replicate: number;
  /** The sweep's seed: with it and `replicate`, a trial can be made repeatable. */
  readonly seed: number;
  /** The last checkpoint of an earlier attempt; null for a trial that begins. */
  readonly resumed: ResumedTrial | null;
  /**
   * Aborts when the trial is stopped, or its worker drains. The function has five seconds from then
   * on, to make a last checkpoint for instance; what it returns then does not count.
   */
  readonly signal: AbortSignal;
  /**
   * Tells what an epoch measured: a point of the trial's curves. An objective that is no finite
   * number ends the trial as diverged; other such numbers are left out.
   * @param options `epoch`: its number, greater than the last one's; by default the next.
   * @returns The sweep's decision, once it has heard. Waiting for it is what makes a trial stop early.
   * @throws {TypeError | RangeError} If it is no record of numbers, or the epoch is not a later one.
   */
  readonly report: (
    metrics: TrialMetrics,
    options?: { readonly epoch?: number },
  ) => Promise<TrialDecision>;
  /**
   * Keeps bytes that an attempt can go on from if this one is interrupted. They belong to the last
   * report; of several after the same report the last one counts. They are copied at once.
   */
  readonly checkpoint: (bytes: Uint8Array) => void;
  /** Says that it still works: for what lasts more than ten minutes without a report. */
  readonly alive: () => void;
  /**
   * TensorFlow.js with a backend that works without permissions: WebAssembly, or else plain
   * JavaScript.
   */
  readonly tensorflow: () => Promise<typeof import("@tensorflow/tfjs-core")>;
}

/**
 * The default export of a module. What it returns are the final metrics, beside those of the last
 * report; a number alone is the objective.
 */
export type TrainTrial = (
  parameters: TrialParameters,
  trial: Trial,
) => Promise<TrialMetrics | number | void> | TrialMetrics | number | void;
