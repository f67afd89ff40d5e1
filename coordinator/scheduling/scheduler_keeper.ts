/**
 * A sweep's scheduler, kept up to date with the ledger. It decides on nothing that the ledger does
 * not have, so one that is made anew from a journal decides as the one before would have.
 */
import { clip, MAX_MESSAGE_LENGTH } from "../../core/domain/clip.ts";
import type { TrialId } from "../../core/domain/ids.ts";
import type { RungValue, SweepEvent } from "../../core/domain/sweep_event.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { SweepLedger, Trial } from "../../core/domain/sweep_ledger.ts";
import { epoch } from "../../core/domain/units.ts";
import type {
  Pruning,
  Scheduler,
  SchedulerAction,
  SchedulerOptions,
} from "../schedulers/scheduler.ts";
import type { PlacedTrial, TrialJudge } from "../decisions/trial_judge.ts";
import { touchedTrials } from "../touched_trials.ts";
import { schedulerOptions } from "./scheduler_options.ts";
import { scheduledTrial } from "./rung_values.ts";

/** Makes the scheduler that a sweep asks for. */
export type SchedulerFactory = (spec: SchedulerSpec, options: SchedulerOptions) => Scheduler;

/** The scheduler of one sweep. */
export class SchedulerKeeper implements TrialJudge {
  readonly #ledger: SweepLedger;
  readonly #create: SchedulerFactory;
  readonly #dirty = new Set<TrialId>();
  /** Null: it is to be made anew from the whole ledger. */
  #made: { readonly scheduler: Scheduler; readonly maxEpochs: number } | null = null;

  constructor(ledger: SweepLedger, create: SchedulerFactory) {
    this.#ledger = ledger;
    this.#create = create;
  }

  /** Takes a fact in that the ledger has already. */
  follow(event: SweepEvent): void {
    if (this.#ledger.spec.scheduler === undefined) return;
    if (event.type === "sweepExtended") this.#made = null;
    else for (const trial of touchedTrials(this.#ledger, event)) this.#dirty.add(trial);
  }

  get watched(): readonly number[] {
    return this.#current()?.scheduler.watched ?? [];
  }

  readonly place = (trial: TrialId): PlacedTrial => {
    const made = this.#current();
    if (made === null) return {};
    const { target, bracket } = made.scheduler.place(trial);
    const isWhole = target === null || target >= made.maxEpochs;
    return {
      ...(isWhole ? {} : { target: epoch(target) }),
      ...(bracket === 0 ? {} : { bracket }),
    };
  };

  readonly judge = (
    reached: ReadonlyMap<TrialId, RungValue>,
  ): ReadonlyMap<TrialId, Pruning> => {
    const scheduler = this.#current()?.scheduler;
    const pruned = new Map<TrialId, Pruning>();
    if (scheduler === undefined) return pruned;
    const { spec } = this.#ledger;
    // All of them first: those that train together are compared with each other, too.
    for (const [id, rung] of reached) {
      scheduler.observe(scheduledTrial(this.#ledger.trial(id), { spec, reached: [rung] }));
      // What was told here in advance is told again as it is journalled.
      this.#dirty.add(id);
    }
    for (const [id] of reached) {
      const pruning = scheduler.judge(id);
      if (pruning !== null) pruned.set(id, clipped(pruning));
    }
    return pruned;
  };

  /** What follows for paused trials: facts to be journalled together. */
  advance(options: { readonly isIdle: boolean }): readonly SweepEvent[] {
    const made = this.#current();
    if (made === null || this.#ledger.counts.paused === 0) return [];
    return made.scheduler.advance(options)
      .flatMap((action) => eventsOf(this.#ledger, action, made.maxEpochs));
  }

  #current(): { readonly scheduler: Scheduler; readonly maxEpochs: number } | null {
    const { spec, trials } = this.#ledger;
    if (spec.scheduler === undefined) return null;
    const isNew = this.#made === null;
    if (this.#made === null) {
      const options = schedulerOptions(spec);
      this.#made = {
        scheduler: this.#create(spec.scheduler, options),
        maxEpochs: options.maxEpochs,
      };
    }
    const changed = isNew ? trials : [...this.#dirty].map((id) => this.#ledger.trial(id));
    this.#dirty.clear();
    for (const trial of changed) this.#made.scheduler.observe(scheduledTrial(trial, { spec }));
    return this.#made;
  }
}

function clipped({ rung, message }: Pruning): Pruning {
  return { rung, message: clip(message, MAX_MESSAGE_LENGTH) };
}

function eventsOf(
  ledger: SweepLedger,
  action: SchedulerAction,
  maxEpochs: number,
): readonly SweepEvent[] {
  const trial = ledger.trial(action.trial);
  switch (action.kind) {
    case "promote": {
      const { target } = action;
      const isWhole = target === null || target >= maxEpochs;
      return [{ type: "trialPromoted", trial: trial.id, target: isWhole ? null : epoch(target) }];
    }
    case "prune":
      return [pruned(trial, clipped(action))];
    case "exploit": {
      const { donor, hyperparameters } = action;
      const from = ledger.trial(donor).parked?.at(-1);
      // One that never paused has nothing that could be taken over.
      if (from === undefined) return [];
      const checkpoint = { ...from, lane: donor };
      const message = clip(action.message, MAX_MESSAGE_LENGTH);
      return [{
        type: "trialExploited",
        trial: trial.id,
        donor,
        checkpoint,
        hyperparameters,
        message,
      }];
    }
    default:
      return action satisfies never;
  }
}

/** The end of a trial that the scheduler has given up. */
export function pruned({ id, state, rungs = [] }: Trial, { rung, message }: Pruning): SweepEvent {
  const at = state.status === "paused" || state.status === "running" ? state.epoch : 0;
  return {
    type: "trialPruned",
    trial: id,
    epoch: epoch(Math.max(at, rungs.at(-1)?.epoch ?? 0)),
    rung,
    message,
  };
}
