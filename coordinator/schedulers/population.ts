/** Population-based training: who is behind goes on from where the best are. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { createRng } from "../../core/domain/rng.ts";
import type { PopulationSpec } from "../../core/domain/scheduler_spec.ts";
import type { TrialStatus } from "../../core/domain/trial.ts";
import { type Arrival, Cohort } from "./cohort.ts";
import { explore } from "./explore.ts";
import { areFinite, rankLosses } from "./rank_losses.ts";
import { epochsEvery } from "./rungs.ts";
import type { ScheduledTrial, Scheduler, SchedulerAction, SchedulerOptions } from "./scheduler.ts";

/**
 * Population-based training (Jaderberg et al., 2017: Algorithm 1), synchronous, with truncation
 * selection (§4.1.1).
 *
 * | paper | here |
 * |---|---|
 * | population P | all trials of the sweep, `options.trials` of them; unknown: those that came |
 * | ready(p, t) | every member is paused at the same multiple of `interval`, or beyond, or over |
 * | eval | the losses at that epoch |
 * | exploit | one of the last ⌈n·`quantile`⌉ (⌊n/2⌋ at most) takes over weights and hyperparameters of one of the first as many, drawn at random |
 * | explore | see `explore` |
 *
 * The paper's population is asynchronous: a member compares itself with what the others had last
 * reached. Here it waits for them, so that neither the number of workers nor their speed decides
 * anything. Members that have failed, diverged or been cancelled are out, and are not replaced. A
 * member that comes late, as one that was retried, is compared with what the others had at that epoch,
 * and may only take over from one that is still there.
 *
 * @throws {RangeError} If the interval is no integer ≥ 1 or there is no factor.
 */
export function createPopulation(spec: PopulationSpec, options: SchedulerOptions): Scheduler {
  if (spec.factors.length === 0) {
    throw new RangeError("Cannot schedule a population: there must be at least one factor");
  }
  const { maxEpochs, trials } = options;
  const members = new Cohort(epochsEvery(spec.interval, { maxEpochs }));
  return {
    place: () => ({ target: members.epochs[0] ?? null, bracket: 0 }),
    watched: [],
    observe: (trial) => members.observe(trial),
    judge: () => null,
    advance: ({ isIdle }) => {
      if (!isIdle && members.size < (trials ?? 0)) return [];
      const rung = members.settledRung();
      return rung === null ? [] : breed(members, rung, { spec, options });
    },
  };
}

interface Breeding {
  readonly spec: PopulationSpec;
  readonly options: SchedulerOptions;
}

/** What is over without a result at the end of its training. */
const LOST: ReadonlySet<TrialStatus> = new Set(["failed", "cancelled", "pruned"]);

function breed(members: Cohort, rung: number, breeding: Breeding): readonly SchedulerAction[] {
  const arrivals = members.arrivals(rung).filter(({ trial }) => !LOST.has(trial.status));
  const ranked = rankLosses(arrivals.map(({ losses }) => losses))
    .map((index) => arrivals[index])
    .filter((arrival) => arrival !== undefined);
  const n = ranked.length;
  const share = Math.min(Math.ceil(n * breeding.spec.quantile), Math.floor(n / 2));
  const donors = ranked.slice(0, share)
    .filter(({ isWaiting, losses }) => isWaiting && areFinite(losses));
  const exploits = donors.length === 0 ? [] : ranked
    .map((arrival, rank) => ({ arrival, rank }))
    .slice(n - share)
    .filter(({ arrival }) => arrival.isWaiting)
    .map(({ arrival, rank }) => {
      const place = `Rank ${rank + 1} of ${n} at epoch ${members.epochs[rung]}`;
      return exploit(arrival.trial, { place, rung, donors, ...breeding });
    });
  const target = members.targetAfter(rung);
  const promotions = arrivals.filter(({ isWaiting }) => isWaiting)
    .map(({ trial: { trial } }): SchedulerAction => ({ kind: "promote", trial, target }));
  return [...exploits, ...promotions];
}

function exploit(
  { trial }: ScheduledTrial,
  { place, rung, donors, spec, options }: Breeding & {
    readonly place: string;
    readonly rung: number;
    readonly donors: readonly Arrival[];
  },
): SchedulerAction {
  const { seed, space, isAllowed } = options;
  // By what is decided, not by how much was drawn before: a restart decides the same.
  const rng = createRng(seed, "scheduler", "pbt", trial, rung);
  const donor = donors[rng.below(donors.length)]?.trial;
  if (donor === undefined) throw new RangeError(`Cannot exploit for trial ${trial}: no donor`);
  const hyperparameters = explore(donor.hyperparameters, { spec, space, rng, isAllowed });
  const changes = Object.entries(hyperparameters)
    .filter(([name, value]) => value !== donor.hyperparameters[name])
    .map(([name, value]) => `${name} ${tell(donor.hyperparameters[name])} → ${tell(value)}`);
  const changed = changes.length === 0 ? "as it is" : `with ${changes.join(", ")}`;
  const message = `${place}: it goes on from trial ${donor.trial}, ${changed}`;
  return { kind: "exploit", trial, donor: donor.trial, hyperparameters, message };
}

function tell(value: ParameterValue | undefined): string {
  return typeof value === "number" ? `${Number(value.toPrecision(4))}` : `${value ?? "(absent)"}`;
}
