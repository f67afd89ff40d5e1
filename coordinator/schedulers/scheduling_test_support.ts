/** Sweeps without training: made-up losses, and a scheduler that decides about them. */
import assert from "node:assert/strict";
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";
import { createScheduler } from "./create_scheduler.ts";
import type { ScheduledTrial, SchedulerAction, SchedulerOptions } from "./scheduler.ts";

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

/** Runs the sweep until nothing is left to do. */
export function runSweep(sweep: MadeUpSweep): MadeUpResult {
  const { spec, options, trials: count, workers } = sweep;
  const rng = createRng(sweep.pace, "pace");
  let scheduler = createScheduler(spec, options);
  const { watched } = scheduler;
  const all: Progress[] = [];
  const queue: Progress[] = [];
  const running: Progress[] = [];
  const actions: SchedulerAction[] = [];
  const jobs: number[] = [];
  const promotions = new Set<string>();
  let epochs = 0;
  const update = (of: Progress, changes: Partial<ScheduledTrial>): void => {
    of.trial = { ...of.trial, ...changes };
    scheduler.observe(of.trial);
  };
  const act = (action: SchedulerAction): void => {
    const of = progressOf(all, action.trial);
    assert.equal(of.trial.status, "paused", `${brief(action)}, though it does not wait`);
    if (action.kind === "prune") return update(of, { status: "pruned" });
    if (action.kind === "exploit") {
      const donor = progressOf(all, action.donor);
      assert.equal(donor.epoch, of.epoch);
      return update(of, { hyperparameters: action.hyperparameters });
    }
    const from = `${action.trial} from ${of.epoch}`;
    assert(!promotions.has(from), `${from} twice`);
    promotions.add(from);
    of.target = action.target;
    queue.push(of);
    update(of, { status: "queued" });
  };
  const begin = (): Progress => {
    const { target, bracket } = scheduler.place(parseTrialId(all.length));
    const of = { trial: trialOf(all.length, "queued", { bracket }), epoch: 0, target };
    all.push(of);
    return of;
  };
  const work = (of: Progress): void => {
    const end = of.target ?? options.maxEpochs;
    const next = Math.min(end, watched.find((epoch) => epoch > of.epoch) ?? end);
    const { trial } = of.trial;
    epochs += next - of.epoch;
    of.epoch = next;
    const leave = (status: TrialStatus): void => {
      running.splice(running.indexOf(of), 1);
      update(of, { status });
    };
    if (sweep.isFailing?.(trial, next) === true) return leave("failed");
    if (next === options.maxEpochs) return leave("completed");
    const loss = sweep.loss(trial, next);
    const losses = typeof loss === "number" ? [loss] : loss;
    const isPausing = of.target !== null;
    update(of, {
      rungs: [...of.trial.rungs, { epoch: next, losses }],
      status: isPausing ? "paused" : "running",
    });
    if (isPausing) leave("paused");
    else if (scheduler.judge(trial) !== null) leave("pruned");
  };
  for (;;) {
    if (sweep.isRestarted === true) {
      scheduler = createScheduler(spec, options);
      for (const { trial } of all.toReversed()) scheduler.observe(trial);
    }
    const isIdle = running.length + queue.length === 0 && all.length === count;
    const decided = scheduler.advance({ isIdle });
    assert.deepEqual(scheduler.advance({ isIdle }), decided, "decides the same until it is told");
    actions.push(...decided);
    for (const action of decided) act(action);
    while (running.length < workers && (queue.length > 0 || all.length < count)) {
      const of = queue.shift() ?? begin();
      jobs.push(of.trial.trial);
      running.push(of);
      update(of, { status: "running" });
    }
    const next = running[rng.below(Math.max(1, running.length))];
    if (next !== undefined) work(next);
    else if (isIdle && decided.length === 0) break;
  }
  return { trials: all.map(({ trial }) => trial), actions, jobs, epochs };
}

function progressOf(all: readonly Progress[], trial: TrialId): Progress {
  const of = all[trial];
  assert(of !== undefined);
  return of;
}
