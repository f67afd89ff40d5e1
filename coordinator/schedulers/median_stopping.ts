/** Median stopping: who is behind half of the others is stopped. */
import type { TrialId } from "../../core/domain/ids.ts";
import type { MedianSpec } from "../../core/domain/scheduler_spec.ts";
import { epochsEvery, MOST_LOOKS } from "./rungs.ts";
import type { Pruning, ScheduledTrial, Scheduler, SchedulerOptions } from "./scheduler.ts";

/**
 * The median stopping rule (Golovin et al., 2017: "Google Vizier", §3.2.2): a trial is stopped at
 * epoch t if its best loss by t is strictly worse than the median of the other trials' running means
 * up to t. Trials are looked at every `interval` epochs (more rarely, where that were more than 1,000
 * looks), and a running mean is one over these looks.
 *
 * The paper compares with completed trials; here, as with Ray Tune, the others are all that have
 * reached t, whatever became of them since. Nobody is stopped before `minEpochs`, nor while fewer than
 * `minTrials` others have got as far. Of several objectives all must be worse: a trial that is good at
 * one may be on the Pareto front.
 */
export function createMedianStopping(
  { minEpochs, minTrials, interval }: MedianSpec,
  { maxEpochs, objectives }: SchedulerOptions,
): Scheduler {
  const watched = epochsEvery(interval, { maxEpochs, most: MOST_LOOKS });
  const curves = new RunningMeans(watched, objectives);
  return {
    place: () => ({ target: null, bracket: 0 }),
    watched,
    observe: (trial) => curves.observe(trial),
    judge: (trial): Pruning | null => {
      const own = curves.at(trial);
      if (own === null || own.epoch < minEpochs || own.others < Math.max(1, minTrials)) return null;
      if (!own.best.every((best, objective) => best > (own.medians[objective] ?? Infinity))) {
        return null;
      }
      return {
        rung: own.rung,
        message: `Best loss ${tell(own.best)} by epoch ${own.epoch}, worse than ` +
          `${tell(own.medians)}: the median of ${own.others} other trials' running means`,
      };
    },
    advance: () => [],
  };
}

function tell(losses: readonly number[]): string {
  return losses.map((loss) => Number(loss.toPrecision(4))).join(" and ");
}

/** Where a trial is, and where the others were. */
interface Standing {
  readonly rung: number;
  readonly epoch: number;
  /** By objective, as the medians of the other trials' running means. */
  readonly best: readonly number[];
  readonly medians: readonly number[];
  readonly others: number;
}

interface Course {
  /** How many of its rungs have been taken in. */
  seen: number;
  looks: number;
  /** The index of the last watched epoch; -1 before the first. */
  rung: number;
  readonly sums: number[];
  readonly best: number[];
}

class RunningMeans {
  readonly #watched: readonly number[];
  readonly #rungs: ReadonlyMap<number, number>;
  /** By watched epoch and objective: the running means of all that got there, ascending. */
  readonly #means: readonly (readonly number[][])[];
  readonly #courses = new Map<TrialId, Course>();
  readonly #objectives: number;

  constructor(watched: readonly number[], objectives: number) {
    this.#watched = watched;
    this.#rungs = new Map(watched.map((epoch, index) => [epoch, index]));
    this.#objectives = objectives;
    this.#means = watched.map(() => Array.from({ length: objectives }, () => []));
  }

  observe({ trial, rungs }: ScheduledTrial): void {
    const course = this.#courses.get(trial) ?? this.#newCourse();
    this.#courses.set(trial, course);
    // Rungs only ever become more: those that were seen are passed over, not looked at again.
    for (; course.seen < rungs.length; course.seen++) {
      const reached = rungs[course.seen];
      const rung = reached === undefined ? undefined : this.#rungs.get(reached.epoch);
      if (reached === undefined || rung === undefined) continue;
      course.rung = rung;
      course.looks++;
      for (let objective = 0; objective < this.#objectives; objective++) {
        const raw = reached.losses[objective] ?? NaN;
        const loss = Number.isFinite(raw) ? raw : Infinity;
        const sum = (course.sums[objective] ?? 0) + loss;
        course.sums[objective] = sum;
        course.best[objective] = Math.min(course.best[objective] ?? Infinity, loss);
        insert(this.#means[rung]?.[objective] ?? [], sum / course.looks);
      }
    }
  }

  /** Null before the trial's first watched epoch. */
  at(trial: TrialId): Standing | null {
    const course = this.#courses.get(trial);
    const epoch = this.#watched[course?.rung ?? -1];
    if (course === undefined || epoch === undefined) return null;
    const means = this.#means[course.rung] ?? [];
    return {
      rung: course.rung,
      epoch,
      best: course.best,
      medians: course.sums.map((sum, objective) =>
        medianWithout(means[objective] ?? [], sum / course.looks)
      ),
      others: (means[0]?.length ?? 1) - 1,
    };
  }

  #newCourse(): Course {
    const zeros = Array.from({ length: this.#objectives }, () => 0);
    return { seen: 0, looks: 0, rung: -1, sums: zeros, best: zeros.map(() => Infinity) };
  }
}

/** The median of ascending numbers but one that equals `own`; Infinity where there is no other. */
function medianWithout(sorted: readonly number[], own: number): number {
  const others = sorted.length - 1;
  if (others < 1) return Infinity;
  const skipped = lowerBound(sorted, own);
  const at = (index: number): number => sorted[index < skipped ? index : index + 1] ?? Infinity;
  const upper = at(others >> 1);
  return others % 2 === 1 ? upper : (at((others >> 1) - 1) + upper) / 2;
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(sorted: number[], value: number): void {
  sorted.splice(lowerBound(sorted, value), 0, value);
}
