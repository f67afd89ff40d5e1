/** A search inside one process: ask for parameters, tell what came of them. No journal, no server. */
import { canonicalText, type Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseConfigurationId, parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import type { Goal } from "../../core/domain/objective.ts";
import type { SearchSpace } from "../../core/domain/search_space.ts";
import type { AdaptiveSampler } from "../samplers/adaptive_sampler.ts";
import type { Scheduler, SchedulerAction } from "../schedulers/scheduler.ts";
import { enqueuedPoint } from "./enqueued_point.ts";
import { observationOf, scheduledTrialOf, type StudyRecord } from "./study_record.ts";

/** What a study works with. */
export interface StudyParts {
  readonly space: SearchSpace;
  /** Whether constraints admit a point of the space. */
  readonly isAllowed: (hyperparameters: Hyperparameters) => boolean;
  readonly sampler: AdaptiveSampler;
  /** Null: all trials run to their end. */
  readonly scheduler: Scheduler | null;
  /** One for each objective. */
  readonly goals: readonly Goal[];
  /** Trials at most. */
  readonly trials: number;
}

/** A trial that is to be run now. */
export interface AskedTrial {
  readonly trial: TrialId;
  readonly hyperparameters: Hyperparameters;
  /** What it saved when it was paused; null for one that begins. */
  readonly resumed: { readonly epoch: number; readonly state: unknown } | null;
}

/** What the objective function shall do after a report. */
export type StudyDecision = "continue" | "stop" | "pause";

/** The trials of a search, and who decides about them. */
export class Study {
  readonly #parts: StudyParts;
  readonly #records: StudyRecord[] = [];
  readonly #enqueued: Hyperparameters[] = [];
  /** The canonical texts of all that was asked for or enqueued. */
  readonly #known = new Set<string>();
  /** Paused trials that may go on, in the order in which that was decided. */
  readonly #promoted = new Set<TrialId>();
  readonly #live = new Set<TrialId>();
  readonly #waiting = new Set<TrialId>();
  #isExhausted = false;

  constructor(parts: StudyParts) {
    this.#parts = parts;
  }

  /** All trials, in the order in which they were asked for. */
  get records(): readonly StudyRecord[] {
    return this.#records;
  }

  /** Whether nothing runs, and nothing more will be asked for. */
  get isOver(): boolean {
    return this.#live.size + this.#waiting.size === 0 && !this.#hasMore;
  }

  /** Whether the space has no configuration left. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /**
   * These parameters are asked for before the sampler's own. Those with one value only may be left out.
   * @throws {RangeError} If they are no point of the space, or were asked for already.
   */
  enqueue(hyperparameters: Hyperparameters): void {
    const { space, isAllowed } = this.#parts;
    const point = enqueuedPoint(hyperparameters, { space, isAllowed });
    const text = canonicalText(point);
    if (this.#known.has(text)) {
      throw new RangeError(`Cannot enqueue ${text}: it was asked for already`);
    }
    this.#known.add(text);
    this.#enqueued.push(point);
  }

  /** What to run next; null: nothing at present, or nothing any more (`isOver`). */
  ask(): AskedTrial | null {
    const [promoted] = this.#promoted;
    if (promoted !== undefined) return this.#begin(promoted);
    const fresh = this.#hasMore ? this.#propose() : null;
    if (fresh !== null) return this.#begin(fresh);
    if (this.#live.size > 0) return null;
    this.#advance({ isIdle: true });
    const [last] = this.#promoted;
    return last === undefined ? null : this.#begin(last);
  }

  /**
   * The trial has reached an epoch; `values` are its objectives there. One that is reported first after
   * the epoch at which it pauses is compared there all the same, by what it has reached since.
   * @throws {RangeError} If it is not running, has reached that epoch before, or has another number of
   * objectives.
   * @throws {TypeError} If an objective is no number.
   */
  report(trial: TrialId, epoch: number, values: readonly number[]): StudyDecision {
    const record = this.#running(trial);
    if (!Number.isSafeInteger(epoch) || epoch < 1) {
      throw new RangeError(
        `Cannot report epoch ${epoch} of trial ${trial}: it must be an integer >= 1`,
      );
    }
    this.#checkValues(trial, values);
    const { scheduler } = this.#parts;
    if (scheduler === null) return "continue";
    const { target } = record;
    const isTarget = target !== null && epoch >= target;
    if (!isTarget && !scheduler.watched.includes(epoch)) return "continue";
    const last = record.rungs.at(-1)?.epoch ?? 0;
    if (epoch <= last) {
      throw new RangeError(`Cannot report epoch ${epoch} of trial ${trial}: it is after ${last}`);
    }
    // A scheduler knows its own rungs only: at any other epoch the trial would wait for ever.
    const rungs = [...record.rungs, {
      epoch: isTarget ? target : epoch,
      losses: this.#losses(values),
    }];
    if (isTarget) {
      this.#update({ ...record, rungs, state: { status: "paused", epoch } });
      this.#advance({ isIdle: false });
      return "pause";
    }
    this.#update({ ...record, rungs });
    const pruning = scheduler.judge(trial);
    if (pruning === null) return "continue";
    const { message } = pruning;
    this.#update({ ...record, rungs, state: { status: "pruned", epoch, message } });
    return "stop";
  }

  /** Keeps what the trial needs to go on from this epoch. @throws {RangeError} If it is over. */
  save(trial: TrialId, saved: { readonly epoch: number; readonly state: unknown }): void {
    this.#records[trial] = { ...this.#running(trial), saved };
  }

  /**
   * What came of a trial: its objectives, or why it failed.
   * @throws {RangeError} If it is not running, or has another number of objectives.
   * @throws {TypeError} If an objective is no number.
   */
  tell(
    trial: TrialId,
    result: { readonly values: readonly number[] } | { readonly failed: string },
  ): void {
    const record = this.#running(trial);
    if ("failed" in result) {
      this.#update({ ...record, state: { status: "failed", message: result.failed } });
    } else {
      this.#checkValues(trial, result.values);
      const values = [...result.values];
      this.#update({ ...record, state: { status: "completed", values } });
    }
    this.#advance({ isIdle: false });
  }

  get #hasMore(): boolean {
    return this.#records.length < this.#parts.trials &&
      (!this.#isExhausted || this.#enqueued.length > 0);
  }

  /** A new trial's id; null where the space is exhausted. */
  #propose(): TrialId | null {
    const trial = parseTrialId(this.#records.length);
    const manual = this.#enqueued.shift();
    const proposal = manual === undefined
      ? this.#parts.sampler.propose(parseConfigurationId(trial))
      : { hyperparameters: manual, note: { sampler: "manual", facts: {} } };
    if (proposal === null) {
      this.#isExhausted = true;
      return null;
    }
    const { hyperparameters, note } = proposal;
    this.#known.add(canonicalText(hyperparameters));
    const place = this.#parts.scheduler?.place(trial) ?? { target: null, bracket: 0 };
    const state = { status: "running" } as const;
    this.#update({ trial, hyperparameters, note, state, ...place, rungs: [], saved: null });
    return trial;
  }

  #begin(trial: TrialId): AskedTrial {
    const record = this.#record(trial);
    this.#promoted.delete(trial);
    this.#update({ ...record, state: { status: "running" } });
    return { trial, hyperparameters: record.hyperparameters, resumed: record.saved };
  }

  #advance(options: { readonly isIdle: boolean }): void {
    for (const action of this.#parts.scheduler?.advance(options) ?? []) this.#obey(action);
  }

  #obey(action: SchedulerAction): void {
    const record = this.#record(action.trial);
    switch (action.kind) {
      case "promote":
        this.#promoted.add(action.trial);
        return this.#update({ ...record, target: action.target });
      case "prune": {
        const epoch = record.rungs.at(-1)?.epoch ?? 0;
        const { message } = action;
        return this.#update({ ...record, state: { status: "pruned", epoch, message } });
      }
      case "exploit": {
        const { saved } = this.#record(action.donor);
        return this.#update({ ...record, saved, hyperparameters: action.hyperparameters });
      }
      default:
        return action satisfies never;
    }
  }

  #update(record: StudyRecord): void {
    const { trial, state: { status } } = record;
    this.#records[trial] = record;
    this.#live.delete(trial);
    this.#waiting.delete(trial);
    if (status === "running") this.#live.add(trial);
    if (status === "paused") this.#waiting.add(trial);
    this.#parts.sampler.observe(observationOf(record, (values) => this.#losses(values)));
    this.#parts.scheduler?.observe({
      ...scheduledTrialOf(record),
      // As long as it seemed to wait, it would be promoted again and again.
      ...(this.#promoted.has(trial) ? { status: "queued" } : {}),
    });
  }

  /** Programs without types can hand in anything. */
  #checkValues(trial: TrialId, values: readonly unknown[]): void {
    const { length } = this.#parts.goals;
    if (!Array.isArray(values) || values.some((value) => typeof value !== "number")) {
      const must = length === 1 ? "a number" : `a list of ${length} numbers`;
      throw new TypeError(`Cannot take what trial ${trial} has reached: it must be ${must}`);
    }
    if (values.length === length) return;
    throw new RangeError(
      `Cannot take ${values.length} values of trial ${trial}: they must be ${length}`,
    );
  }

  #losses(values: readonly number[]): readonly number[] {
    return values.map((value, i) => {
      if (!Number.isFinite(value)) return Infinity;
      return this.#parts.goals[i] === "maximize" ? -value : value;
    });
  }

  #record(trial: TrialId): StudyRecord {
    const record = this.#records[trial];
    if (record === undefined) throw new RangeError(`Cannot find trial ${trial} of the study`);
    return record;
  }

  #running(trial: TrialId): StudyRecord {
    const record = this.#record(trial);
    if (record.state.status === "running") return record;
    throw new RangeError(`Cannot change trial ${trial}: it is ${record.state.status}`);
  }
}
