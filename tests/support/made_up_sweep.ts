/** Sweeps without training: made-up losses, and a scheduler that decides about them. */
import assert from "node:assert/strict";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { createRng, type Rng } from "../../core/domain/rng.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";
import { createScheduler } from "../../coordinator/schedulers/create_scheduler.ts";
import type {
  ScheduledTrial,
  Scheduler,
  SchedulerAction,
  SchedulerOptions,
} from "../../coordinator/schedulers/scheduler.ts";

/** Options of a sweep with one objective and no parameters. */
export function optionsOf(changes: Partial<SchedulerOptions> = {}): SchedulerOptions {
  return { maxEpochs: 9, seed: 1, space: [], objectives: 1, trials: null, ...changes };
}

/** A trial with its losses by epoch: one number each, or several. */
export function trialOf(
  trial: number,
  status: TrialStatus,
  { reached = {}, bracket = 0, hyperparameters = {} }: {
    readonly reached?: Readonly<Record<number, number | readonly number[]>>;
    readonly bracket?: number;
    readonly hyperparameters?: Hyperparameters;
  } = {},
): ScheduledTrial {
  const rungs = Object.entries(reached).map(([epoch, loss]) => ({
    epoch: Number(epoch),
    losses: typeof loss === "number" ? [loss] : loss,
  }));
  return { trial: parseTrialId(trial), status, bracket, hyperparameters, rungs };
}

/** An action in a few words: `3→9`, `3→end`, `3×`, `3←1`. */
export function brief(action: SchedulerAction): string {
  switch (action.kind) {
    case "promote":
      return `${action.trial}→${action.target ?? "end"}`;
    case "prune":
      return `${action.trial}×`;
    case "exploit":
      return `${action.trial}←${action.donor}`;
    default:
      return action satisfies never;
  }
}

/** A made-up sweep. */
export interface MadeUpSweep {
  readonly spec: SchedulerSpec;
  readonly options: SchedulerOptions;
  /** How many trials it has; `options.trials` is what the scheduler knows of it. */
  readonly trials: number;
  readonly workers: number;
  /** Decides which of the workers gets on first. */
  readonly pace: number;
  readonly loss: (trial: number, epoch: number) => number | readonly number[];
  /** Which trials throw in an epoch. */
  readonly isFailing?: (trial: number, epoch: number) => boolean;
  /** Makes the scheduler anew before each look, from the trials as they are. */
  readonly isRestarted?: boolean;
}

/** What came of it. */
export interface MadeUpResult {
  readonly trials: readonly ScheduledTrial[];
  /** In the order in which they were decided. */
  readonly actions: readonly SchedulerAction[];
  /** Trials in the order in which workers took them. */
  readonly jobs: readonly number[];
  /** Epochs trained, all trials together. */
  readonly epochs: number;
}

interface Progress {
  trial: ScheduledTrial;
  epoch: number;
  target: number | null;
}

/** Runs the sweep until nothing is left to do, and checks on its way what every scheduler owes. */
export function runSweep(sweep: MadeUpSweep): MadeUpResult {
  const run = new Run(sweep);
  while (run.step());
  return run.result();
}

class Run {
  readonly #sweep: MadeUpSweep;
  readonly #rng: Rng;
  #scheduler: Scheduler;
  readonly #all: Progress[] = [];
  readonly #queue: Progress[] = [];
  readonly #running: Progress[] = [];
  readonly #actions: SchedulerAction[] = [];
  readonly #jobs: number[] = [];
  readonly #promotions = new Set<string>();
  #epochs = 0;

  constructor(sweep: MadeUpSweep) {
    this.#sweep = sweep;
    this.#rng = createRng(sweep.pace, "pace");
    this.#scheduler = createScheduler(sweep.spec, sweep.options);
  }

  result(): MadeUpResult {
    return {
      trials: this.#all.map(({ trial }) => trial),
      actions: this.#actions,
      jobs: this.#jobs,
      epochs: this.#epochs,
    };
  }

  /** Whether anything happened. */
  step(): boolean {
    if (this.#sweep.isRestarted === true) this.#restart();
    const areAllThere = this.#all.length === this.#sweep.trials;
    const isIdle = areAllThere && this.#running.length + this.#queue.length === 0;
    const decided = this.#scheduler.advance({ isIdle });
    assert.deepEqual(this.#scheduler.advance({ isIdle }), decided, "the same until it is told");
    this.#actions.push(...decided);
    for (const action of decided) this.#act(action);
    this.#hire();
    if (this.#running.length === 0) return !isIdle || decided.length > 0;
    const next = this.#running[this.#rng.below(this.#running.length)];
    if (next !== undefined) this.#work(next);
    return true;
  }

  #restart(): void {
    this.#scheduler = createScheduler(this.#sweep.spec, this.#sweep.options);
    for (const { trial } of this.#all.toReversed()) this.#scheduler.observe(trial);
  }

  #act(action: SchedulerAction): void {
    const of = this.#progress(action.trial);
    assert.equal(of.trial.status, "paused", `${brief(action)}, though it does not wait`);
    switch (action.kind) {
      case "prune":
        return this.#update(of, { status: "pruned" });
      case "exploit":
        assert.equal(this.#progress(action.donor).epoch, of.epoch);
        return this.#update(of, { hyperparameters: action.hyperparameters });
      case "promote": {
        const from = `${action.trial} from ${of.epoch}`;
        assert(!this.#promotions.has(from), `${from} twice`);
        this.#promotions.add(from);
        of.target = action.target;
        this.#queue.push(of);
        return this.#update(of, { status: "queued" });
      }
      default:
        return action satisfies never;
    }
  }

  /** Free workers take what is promoted first, then what is new. */
  #hire(): void {
    const { workers, trials } = this.#sweep;
    while (this.#running.length < workers) {
      const of = this.#queue.shift() ?? (this.#all.length < trials ? this.#begin() : undefined);
      if (of === undefined) return;
      this.#jobs.push(of.trial.trial);
      this.#running.push(of);
      this.#update(of, { status: "running" });
    }
  }

  #begin(): Progress {
    const number = this.#all.length;
    const { target, bracket } = this.#scheduler.place(parseTrialId(number));
    const of = { trial: trialOf(number, "queued", { bracket }), epoch: 0, target };
    this.#all.push(of);
    return of;
  }

  /** The trial gets to where it is looked at next. */
  #work(of: Progress): void {
    const { options: { maxEpochs }, loss, isFailing } = this.#sweep;
    const end = of.target ?? maxEpochs;
    const watched = this.#scheduler.watched.find((epoch) => epoch > of.epoch) ?? end;
    const { trial } = of.trial;
    const epoch = Math.min(end, watched);
    this.#epochs += epoch - of.epoch;
    of.epoch = epoch;
    if (isFailing?.(trial, epoch) === true) return this.#leave(of, { status: "failed" });
    if (epoch === maxEpochs) return this.#leave(of, { status: "completed" });
    const value = loss(trial, epoch);
    const rungs = [
      ...of.trial.rungs,
      { epoch, losses: typeof value === "number" ? [value] : value },
    ];
    if (of.target !== null) return this.#leave(of, { status: "paused", rungs });
    this.#update(of, { rungs });
    if (this.#scheduler.judge(trial) !== null) this.#leave(of, { status: "pruned" });
  }

  #leave(of: Progress, changes: Partial<ScheduledTrial>): void {
    this.#running.splice(this.#running.indexOf(of), 1);
    this.#update(of, changes);
  }

  #update(of: Progress, changes: Partial<ScheduledTrial>): void {
    of.trial = { ...of.trial, ...changes };
    this.#scheduler.observe(of.trial);
  }

  #progress(trial: TrialId): Progress {
    const of = this.#all[trial];
    assert(of !== undefined);
    return of;
  }
}
