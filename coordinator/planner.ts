/**
 * What follows by itself: which trials are asked for, which of the paused ones go on, when a race's
 * round is complete, and when the sweep is over. All of it is read off the ledger, so a coordinator
 * that takes over, wherever the last one was cut off, goes on to the very same decisions.
 */
import { isOver } from "../core/domain/sweep.ts";
import type { SweepEvent } from "../core/domain/sweep_event.ts";
import type { SweepLedger } from "../core/domain/sweep_ledger.ts";
import { type AdaptiveFactory, WaveAsker } from "./asking/wave_asker.ts";
import { mayGoOn, sweepEnd } from "./decisions/decision.ts";
import type { TrialJudge } from "./decisions/trial_judge.ts";
import { planTrials } from "./plan_trials.ts";
import { nextRound } from "./racing/next_round.ts";
import { pruned, type SchedulerFactory, SchedulerKeeper } from "./scheduling/scheduler_keeper.ts";
import { touchedTrials } from "./touched_trials.ts";

/** Makes the samplers that learn and the schedulers. */
export interface SearchMethods {
  readonly createSampler: AdaptiveFactory;
  readonly createScheduler: SchedulerFactory;
}

/** The plans of one sweep. It is told every event once the ledger has it. */
export class Planner {
  readonly #ledger: SweepLedger;
  readonly #keeper: SchedulerKeeper;
  readonly #asker: WaveAsker;
  /** The plan's own trials are to be looked through: at first, and when it has grown. */
  #isPlanDue = true;
  #isTouched = true;
  #isExhaustionTold = false;

  constructor(ledger: SweepLedger, { createSampler, createScheduler }: SearchMethods) {
    this.#ledger = ledger;
    this.#keeper = new SchedulerKeeper(ledger, createScheduler);
    this.#asker = new WaveAsker(ledger, { createSampler, place: this.#keeper.place });
  }

  /** Judges trials at rungs. */
  get judge(): TrialJudge {
    return this.#keeper;
  }

  /** Whether there may be something to decide. */
  get isDue(): boolean {
    if (isOver(this.#ledger.status)) return false;
    return this.#isPlanDue || (this.#isTouched && mayGoOn(this.#ledger.spec));
  }

  /** Whether the space turned out to have no further configurations; true once. */
  takeExhaustion(): boolean {
    const isNew = this.#asker.isExhausted && !this.#isExhaustionTold;
    this.#isExhaustionTold = this.#asker.isExhausted;
    return isNew;
  }

  /** Takes a fact in that the ledger has already. */
  follow(event: SweepEvent): void {
    const { type } = event;
    if (type === "sweepExtended" || type === "roundDecided") this.#isPlanDue = true;
    // Most sweeps are planned whole: nothing follows from what becomes of their trials.
    if (!mayGoOn(this.#ledger.spec)) return;
    this.#keeper.follow(event);
    this.#asker.follow(event);
    if (touchedTrials(this.#ledger, event).length > 0) this.#isTouched = true;
  }

  /** What follows now, an entry's events at a time: each to be applied, and followed, before the next. */
  *steps(): Generator<readonly SweepEvent[], void, void> {
    const { place } = this.#keeper;
    while (!isOver(this.#ledger.status)) {
      if (this.#isPlanDue) {
        this.#isPlanDue = false;
        yield* planTrials(this.#ledger, { place });
      }
      if (!mayGoOn(this.#ledger.spec)) return;
      this.#isTouched = false;
      const next = this.#next();
      if (next === null) return;
      yield next;
    }
  }

  #next(): readonly SweepEvent[] | null {
    const { counts } = this.#ledger;
    if (this.#ledger.interventions.isStopBegun) return null;
    const actions = this.#keeper.advance({ isIdle: false });
    if (actions.length > 0) return actions;
    const asked = this.#asker.next();
    if (asked !== null) return asked;
    return counts.queued + counts.running > 0 ? null : this.#whenIdle();
  }

  /** Nothing is on its way, and nothing more will be. */
  #whenIdle(): readonly SweepEvent[] | null {
    const ledger = this.#ledger;
    if (ledger.counts.paused > 0) {
      const actions = this.#keeper.advance({ isIdle: true });
      return actions.length > 0 ? actions : pruneRest(ledger);
    }
    if (ledger.spec.racing === undefined) return [sweepEnd(ledger.counts)];
    const round = nextRound(ledger);
    if (round === null) return null;
    // Should a round's trials be cut off, the next coordinator plans the rest of them by its decision.
    return round.raised.length > 0 ? [round] : [round, sweepEnd(ledger.counts)];
  }
}

/** What is said of a space that ends before the run cap. */
export function exhaustion({ id, trials, spec }: SweepLedger): string {
  const cap = spec.runCap === null ? "" : `, of ${spec.runCap} that its run_cap admits`;
  return `The search space of sweep "${id}" is exhausted: it has ${trials.length} trials${cap}`;
}

/** A scheduler that has nothing to say of those that wait must not keep the sweep from its end. */
function pruneRest(ledger: SweepLedger): readonly SweepEvent[] {
  return ledger.trials.filter(({ state }) => state.status === "paused").map((trial) => {
    const rung = Math.max(0, (trial.rungs?.length ?? 0) - 1);
    return pruned(trial, { rung, message: "it waited, and nothing more could promote it" });
  });
}
