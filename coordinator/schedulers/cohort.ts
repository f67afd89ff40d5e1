/** Trials that wait for each other at rungs. */
import type { TrialId } from "../../core/domain/ids.ts";
import { isTerminal, type TrialStatus } from "../../core/domain/trial.ts";
import type { ScheduledTrial } from "./scheduler.ts";

/** A member of a cohort that has reached a rung. */
export interface Arrival {
  readonly trial: ScheduledTrial;
  /** Its losses at the rung. */
  readonly losses: readonly number[];
  /** Whether the rung is the last one that it has reached, and it waits there. */
  readonly isWaiting: boolean;
  /** Whether it has been sent on from there. */
  readonly isPromoted: boolean;
}

/** A cohort. Each member counts as it was observed last. */
export class Cohort {
  /** The epochs of its rungs, ascending. */
  readonly epochs: readonly number[];
  readonly #levels: ReadonlyMap<number, number>;
  readonly #members = new Map<TrialId, ScheduledTrial>();
  /** By how many rungs they have reached: members that are not over, and those of them that wait. */
  readonly #live: number[];
  readonly #waiting: number[];

  constructor(epochs: readonly number[]) {
    this.epochs = epochs;
    this.#levels = new Map(epochs.map((epoch, index) => [epoch, index + 1]));
    this.#live = [0, ...epochs.map(() => 0)];
    this.#waiting = [...this.#live];
  }

  /** How many members were observed. */
  get size(): number {
    return this.#members.size;
  }

  /** Takes in a member, new or changed. */
  observe(trial: ScheduledTrial): void {
    const before = this.#members.get(trial.trial);
    if (before !== undefined) this.#count(before, -1);
    this.#members.set(trial.trial, trial);
    this.#count(trial, 1);
  }

  /**
   * The index of the rung at which something can be decided: every member has reached it or is over,
   * and somebody waits there. Null: there is none.
   */
  settledRung(): number | null {
    const level = this.#live.findIndex((count) => count > 0);
    return level >= 1 && (this.#waiting[level] ?? 0) > 0 ? level - 1 : null;
  }

  /** All that have reached the rung, by number. */
  arrivals(rung: number): readonly Arrival[] {
    const epoch = this.epochs[rung];
    return [...this.#members.values()].flatMap((trial) => {
      const reached = trial.rungs.findLast((each) => each.epoch === epoch);
      if (reached === undefined) return [];
      const isLast = this.#levelOf(trial) === rung + 1;
      return [{
        trial,
        losses: reached.losses,
        isWaiting: isLast && trial.status === "paused",
        isPromoted: !isLast || GOING_ON.has(trial.status),
      }];
    }).sort((a, b) => a.trial.trial - b.trial.trial);
  }

  /** Where a member goes from a rung: the next one's epoch; null: to its end. */
  targetAfter(rung: number): number | null {
    return this.epochs[rung + 1] ?? null;
  }

  #count(trial: ScheduledTrial, change: 1 | -1): void {
    if (isTerminal(trial.status)) return;
    const level = this.#levelOf(trial);
    this.#live[level] = (this.#live[level] ?? 0) + change;
    if (trial.status !== "paused") return;
    this.#waiting[level] = (this.#waiting[level] ?? 0) + change;
  }

  /** How many rungs it has reached. */
  #levelOf({ rungs }: ScheduledTrial): number {
    const last = rungs.findLast(({ epoch }) => this.#levels.has(epoch));
    return last === undefined ? 0 : this.#levels.get(last.epoch) ?? 0;
  }
}

/** Who waits at a rung neither ends nor fails there: such trials have been sent on. */
const GOING_ON: ReadonlySet<TrialStatus> = new Set(["queued", "running", "completed", "failed"]);
