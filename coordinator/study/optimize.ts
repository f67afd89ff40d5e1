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
  /**
   * Ends the search: running trials are told, and what is known is returned at once. Trials that were
   * running stay so in the result.
   */
  readonly signal?: AbortSignal;
  /** Parameters to try first, each a whole point of the space. */
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
 * @throws {RangeError} If the options contradict each other, or what is enqueued is no new point of the
 * space. What `onTrial` throws ends the search, too.
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
  /** What ends the search: the caller, or an error of `onTrial`. */
  readonly #ending = new AbortController();
  readonly #signal: AbortSignal;
  readonly #aborted = Promise.withResolvers<void>();
  /** Resolves when a trial has come to an end or a pause: those without work ask again then. */
  #change = Promise.withResolvers<void>();

  constructor(study: Study, options: OptimizeOptions<Space>) {
    this.#study = study;
    this.#options = options;
    const { signal } = this.#ending;
    this.#signal = options.signal === undefined
      ? signal
      : AbortSignal.any([options.signal, signal]);
    const end = (): void => this.#aborted.resolve();
    if (this.#signal.aborted) end();
    else this.#signal.addEventListener("abort", end, { once: true });
  }

  /** Runs trial after trial until there is nothing more to do. */
  async work(): Promise<void> {
    try {
      while (!this.#signal.aborted && !this.#study.isOver) {
        const asked = this.#study.ask();
        if (asked !== null) await this.#try(asked);
        else if (!this.#study.isOver) {
          await Promise.race([this.#change.promise, this.#aborted.promise]);
        }
        this.#wake();
      }
    } catch (error) {
      // The others would go on unseen.
      this.#ending.abort(error);
      throw error;
    }
  }

  result(): OptimizeResult<Space> {
    const trials = this.#study.records.map(finished<Space>);
    const best = bestOf(trials, this.#options.goals?.[0] ?? this.#options.goal ?? "minimize");
    const isWhole = !this.#signal.aborted;
    const end = !isWhole ? "aborted" : this.#study.isExhausted ? "exhausted" : "finished";
    return { best, trials, end };
  }

  async #try(asked: AskedTrial): Promise<void> {
    const call: Call = { trial: asked.trial, left: null };
    // What does not heed the signal is left behind, and says nothing any more.
    await Promise.race([this.#call(call, asked), this.#aborted.promise]);
    const record = call.left ?? this.#study.records[call.trial];
    call.left = record ?? null;
    if (record === undefined || record.state.status === "running") return;
    this.#options.onTrial?.(finished(record));
  }

  /** Rejects only with what goes wrong in the search itself, such as a constraint that throws. */
  async #call(call: Call, { trial, hyperparameters, resumed }: AskedTrial): Promise<void> {
    const handle: StudyTrial = {
      number: trial,
      signal: this.#signal,
      resumed,
      report: (epoch, value) => this.#report(call, epoch, value),
      save: (epoch, state) => {
        this.#requireGoingOn(call);
        this.#study.save(trial, { epoch, state });
      },
    };
    try {
      const value = await this.#options.objective(typed<Space>(hyperparameters), handle);
      if (call.left === null) this.#study.tell(trial, { values: listOf(value) });
    } catch (error) {
      // What ends with the search has not failed.
      if (call.left !== null || this.#signal.aborted) return;
      // Then it was not the function, but what follows from its result.
      if (this.#study.records[trial]?.state.status !== "running") throw error;
      this.#study.tell(trial, { failed: messageOf(error) });
    }
  }

  #report(call: Call, epoch: number, value: number | readonly number[]): void {
    this.#requireGoingOn(call);
    const decision = this.#study.report(call.trial, epoch, listOf(value));
    if (decision === "continue") return;
    // From now on it may be resumed by another call, of which this one must not speak.
    call.left = this.#study.records[call.trial] ?? null;
    this.#wake();
    throw new TrialInterrupted(`Cannot go on with trial ${call.trial}: it was told to ${decision}`);
  }

  #requireGoingOn({ trial, left }: Call): void {
    this.#signal.throwIfAborted();
    if (left === null) return;
    throw new TrialInterrupted(`Cannot go on with trial ${trial}: it is ${left.state.status}`);
  }

  #wake(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }
}

/** One call of the objective function. */
interface Call {
  readonly trial: TrialId;
  /** Its trial as it stood when the call was over for the search; null: it runs. */
  left: StudyRecord | null;
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
