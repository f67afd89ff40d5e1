/** Hyperband: brackets of synchronous successive halving. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { HyperbandSpec } from "../../core/domain/scheduler_spec.ts";
import { Cohort } from "./cohort.ts";
import { BracketPlan } from "./hyperband_brackets.ts";
import { areFinite, rankLosses } from "./rank_losses.ts";
import type {
  Placement,
  ScheduledTrial,
  Scheduler,
  SchedulerAction,
  SchedulerOptions,
} from "./scheduler.ts";

/**
 * Hyperband (Li et al., 2018: JMLR 18(185), Algorithm 1). See `hyperbandBrackets` for how its symbols
 * map to ours; s is a trial's `bracket`.
 *
 * The trials of one bracket of one round are a cohort. When all of it have reached a rung or are over,
 * the best ⌊n_i/η⌋ (one at least) of those n_i that were to be there go on, and the others are pruned:
 * `top_k` of line 8. Trials whose losses are no numbers never go on, and leave their places empty. So
 * the order in which trials arrive decides nothing. Cohorts do not wait for each other: as many trials
 * are on their way as there are workers, where the paper runs one bracket after the other.
 *
 * Where the number of trials is not known, a cohort may lack members for ever: once nothing else can
 * happen it is halved as it is, its n being those that came.
 */
export function createHyperband(spec: HyperbandSpec, options: SchedulerOptions): Scheduler {
  const brackets = new Brackets(spec, options);
  return {
    place: (trial) => brackets.place(trial),
    watched: [],
    observe: (trial) => brackets.observe(trial),
    judge: () => null,
    advance: (when) => brackets.advance(when),
  };
}

interface BracketCohort {
  readonly round: number;
  readonly bracket: number;
  /** How many members it is to have. */
  readonly planned: number;
  readonly members: Cohort;
}

class Brackets {
  readonly #eta: number;
  readonly #plan: BracketPlan;
  readonly #cohorts = new Map<string, BracketCohort>();
  /** Those in which something may have to be decided. */
  readonly #changed = new Set<BracketCohort>();

  constructor({ minEpochs, eta }: HyperbandSpec, { maxEpochs, trials }: SchedulerOptions) {
    this.#eta = eta;
    this.#plan = new BracketPlan({ minEpochs, maxEpochs, eta }, { trials });
  }

  place(trial: TrialId): Placement {
    const { bracket } = this.#plan.place(trial);
    return { target: bracket.rungs[0] ?? null, bracket: bracket.bracket };
  }

  observe(trial: ScheduledTrial): void {
    const round = this.#plan.roundOf(trial.trial);
    const key = `${round}/${trial.bracket}`;
    let cohort = this.#cohorts.get(key);
    if (cohort === undefined) {
      cohort = this.#newCohort(round, trial.bracket);
      this.#cohorts.set(key, cohort);
    }
    cohort.members.observe(trial);
    this.#changed.add(cohort);
  }

  advance({ isIdle }: { readonly isIdle: boolean }): readonly SchedulerAction[] {
    const cohorts = [...(isIdle ? this.#cohorts.values() : this.#changed)]
      .sort((a, b) => a.round - b.round || b.bracket - a.bracket);
    return cohorts.flatMap((cohort) => {
      const actions = this.#halve(cohort, { isIdle });
      if (actions.length === 0) this.#changed.delete(cohort);
      return actions;
    });
  }

  /** By the bracket that the trial was put in, which an extended sweep would choose differently. */
  #newCohort(round: number, bracket: number): BracketCohort {
    const planned = this.#plan.bracketsOf(round).find((each) => each.bracket === bracket)?.trials;
    const members = new Cohort(this.#plan.rungsOf(bracket));
    return { round, bracket, planned: planned ?? 0, members };
  }

  #halve(
    { bracket, planned, members }: BracketCohort,
    { isIdle }: { readonly isIdle: boolean },
  ): readonly SchedulerAction[] {
    if (!isIdle && members.size < planned) return [];
    const rung = members.settledRung();
    if (rung === null) return [];
    const epoch = members.epochs[rung] ?? 0;
    const places = this.#placesAfter(rung, isIdle ? members.size : Math.max(planned, members.size));
    const arrivals = members.arrivals(rung);
    let free = places - arrivals.filter(({ isPromoted }) => isPromoted).length;
    return rankLosses(arrivals.map(({ losses }) => losses)).flatMap(
      (index, rank): readonly SchedulerAction[] => {
        const arrival = arrivals[index];
        if (arrival === undefined || !arrival.isWaiting) return [];
        const { trial } = arrival.trial;
        if (free > 0 && areFinite(arrival.losses)) {
          free--;
          return [{ kind: "promote", trial, target: members.targetAfter(rung) }];
        }
        const message = `Rank ${rank + 1} of ${arrivals.length} at epoch ${epoch} of bracket ` +
          `${bracket}: ${places} may go on, with a finite loss (η = ${this.#eta})`;
        return [{ kind: "prune", trial, rung, message }];
      },
    );
  }

  /** How many of a cohort go on from a rung. */
  #placesAfter(rung: number, size: number): number {
    let places = size;
    for (let i = 0; i <= rung; i++) places = Math.max(1, Math.floor(places / this.#eta));
    return places;
  }
}
