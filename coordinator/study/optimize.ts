/** Runs an objective function in this process until a search is over. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { ProposalNote } from "../../core/domain/observation.ts";
import { createStudy, type StudyOptions } from "./create_study.ts";
import type { ParametersOf, StudySpace } from "./parameters.ts";
import type { AskedTrial, Study } from "./study.ts";
import type { StudyRecord, StudyState } from "./study_record.ts";

/** What an objective function has at hand beside its parameters. */
export interface StudyTrial {
  /** From 0. */
  readonly number: number;
  /** Aborts with the whole search. */
  readonly signal: AbortSignal;
  /** Where the trial goes on, if it was paused: what it saved last. */
  readonly resumed: { readonly epoch: number; readonly state: unknown } | null;
  /**
   * Says what the trial has reached after `epoch` epochs, from 1. Where a scheduler stops or pauses
   * the trial this throws `TrialInterrupted`, which the function must let pass.
   */
  readonly report: (epoch: number, value: number | readonly number[]) => void;
  /** Keeps what is needed to go on after this epoch: call it before `report`. */
  readonly save: (epoch: number, state: unknown) => void;
}

/** Ends an objective function whose trial does not go on now. */
export class TrialInterrupted extends Error {
  override readonly name = "TrialInterrupted";
}

/** A function whose value is searched for: one number, or one for each goal. */
export type Objective<Space extends StudySpace> = (
  parameters: ParametersOf<Space>,
  trial: StudyTrial,
) => number | readonly number[] | Promise<number | readonly number[]>;

/** How a search is run. */
export interface OptimizeOptions<Space extends StudySpace> extends StudyOptions<Space> {
  readonly objective: Objective<Space>;
  /** Trials at most. */
  readonly trials: number;
  /** Calls of the function at a time; 1 by default. More than 1 make the order depend on time. */
  readonly concurrency?: number;
  /** Ends the search: running trials are told, and what is known is returned. */
  readonly signal?: AbortSignal;
  /** Parameters to try first. */
  readonly enqueue?: readonly Partial<ParametersOf<Space>>[];
  /** Hears of each trial that has come to an end or a pause. */
  readonly onTrial?: (trial: FinishedTrial<Space>) => void;
}

/** A trial and what came of it. */
export interface FinishedTrial<Space extends StudySpace> {
  readonly number: number;
  readonly parameters: ParametersOf<Space>;
  readonly state: StudyState;
  /** Which sampler proposed it, on what evidence. */
  readonly why: ProposalNote;
}

/** What a search has found. */
export interface OptimizeResult<Space extends StudySpace> {
  /** The completed trial with the best first objective; null if none has completed. */
  readonly best: (FinishedTrial<Space> & { readonly values: readonly number[] }) | null;
  readonly trials: readonly FinishedTrial<Space>[];
  /** `exhausted`: the space has no other configuration. */
  readonly end: "finished" | "exhausted" | "aborted";
}

/**
 * Searches for the parameters that make a function smallest, or largest.
 *
 * A function that throws fails its trial, and the search goes on. One that returns NaN or an infinity
 * has diverged: its trial is complete, and worse than all others.
 *
 * @throws {RangeError} If the options contradict each other.
 */
export async function optimize<const Space extends StudySpace>(
  options: OptimizeOptions<Space>,
): Promise<OptimizeResult<Space>> {
  const { concurrency = 1, enqueue = [] } = options;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`Cannot run ${concurrency} trials at a time: it must be an integer >= 1`);
  }
  const study = createStudy(options);
  for (const parameters of enqueue) study.enqueue(present(parameters));
  const run = new Run(study, options);
  await Promise.all(Array.from({ length: concurrency }, () => run.work()));
  return run.result();
}

class Run<Space extends StudySpace> {
  readonly #study: Study;
  readonly #options: OptimizeOptions<Space>;
  readonly #signal: AbortSignal;
  /** Resolves when a trial has come to an end: those without work ask again then. */
  #change = Promise.withResolvers<void>();

  constructor(study: Study, options: OptimizeOptions<Space>) {
    this.#study = study;
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
  }

  /** Runs trial after trial until there is nothing more to do. */
  async work(): Promise<void> {
    while (!this.#signal.aborted && !this.#study.isOver) {
      const asked = this.#study.ask();
      if (asked === null) {
        if (this.#study.isOver) return;
        await this.#change.promise;
        continue;
      }
      await this.#try(asked);
      this.#change.resolve();
      this.#change = Promise.withResolvers();
    }
  }

  result(): OptimizeResult<Space> {
    const trials = this.#study.records.map(finished<Space>);
    const best = bestOf(trials, this.#options.goals?.[0] ?? this.#options.goal ?? "minimize");
    const isWhole = !this.#signal.aborted;
    const end = !isWhole ? "aborted" : this.#study.isExhausted ? "exhausted" : "finished";
    return { best, trials, end };
  }

  async #try({ trial, hyperparameters, resumed }: AskedTrial): Promise<void> {
    const handle: StudyTrial = {
      number: trial,
      signal: this.#signal,
      resumed,
      report: (epoch, value) => this.#report(trial, epoch, value),
      save: (epoch, state) => this.#study.save(trial, { epoch, state }),
    };
    try {
      const value = await this.#options.objective(typed<Space>(hyperparameters), handle);
      if (this.#isRunning(trial)) this.#study.tell(trial, { values: listOf(value) });
    } catch (error) {
      if (this.#isRunning(trial)) this.#study.tell(trial, { failed: messageOf(error) });
    }
    const record = this.#study.records[trial];
    if (record !== undefined) this.#options.onTrial?.(finished(record));
  }

  #report(trial: TrialId, epoch: number, value: number | readonly number[]): void {
    this.#signal.throwIfAborted();
    const decision = this.#study.report(trial, epoch, listOf(value));
    if (decision === "continue") return;
    throw new TrialInterrupted(`Cannot go on with trial ${trial}: it was told to ${decision}`);
  }

  #isRunning(trial: TrialId): boolean {
    return this.#study.records[trial]?.state.status === "running";
  }
}

function finished<Space extends StudySpace>(
  { trial, hyperparameters, state, note }: StudyRecord,
): FinishedTrial<Space> {
  return { number: trial, parameters: typed(hyperparameters), state, why: note };
}

function bestOf<Space extends StudySpace>(
  trials: readonly FinishedTrial<Space>[],
  goal: "minimize" | "maximize",
): OptimizeResult<Space>["best"] {
  let best: OptimizeResult<Space>["best"] = null;
  const sign = goal === "maximize" ? -1 : 1;
  for (const trial of trials) {
    if (trial.state.status !== "completed") continue;
    const { values } = trial.state;
    const [value = NaN] = values;
    if (!Number.isFinite(value)) continue;
    if (best === null || sign * value < sign * (best.values[0] ?? NaN)) best = { ...trial, values };
  }
  return best;
}

/** Samplers keep to the space's domains, so each value has its parameter's type. */
function typed<Space extends StudySpace>(hyperparameters: Hyperparameters): ParametersOf<Space> {
  return hyperparameters as ParametersOf<Space>;
}

function present(parameters: Readonly<Record<string, unknown>>): Hyperparameters {
  const known = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Hyperparameters;
}

function listOf(value: number | readonly number[]): readonly number[] {
  return typeof value === "number" ? [value] : value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
