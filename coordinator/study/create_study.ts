/** A study from the options of a program. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import type { Goal } from "../../core/domain/objective.ts";
import type { SchedulerSpec } from "../../core/domain/scheduler_spec.ts";
import type { SamplerMethod } from "../../core/domain/sweep_spec.ts";
import { createAnySampler } from "../samplers/create_any_sampler.ts";
import type { LearningOptions } from "../samplers/create_learning_sampler.ts";
import { createScheduler } from "../schedulers/create_scheduler.ts";
import { type ParametersOf, searchSpaceOf, type StudySpace } from "./parameters.ts";
import { Study } from "./study.ts";

/** What is searched, and how. */
export interface StudyOptions<Space extends StudySpace> {
  readonly parameters: Space;
  /** `minimize` by default. */
  readonly goal?: Goal;
  /** Instead of `goal`, where the function has several objectives. */
  readonly goals?: readonly Goal[];
  /** `tpe` by default, `nsga2` with several objectives. */
  readonly sampler?: SamplerMethod;
  readonly scheduler?: StudyScheduler;
  /** Which parameters are allowed; by default all. */
  readonly constraint?: (parameters: ParametersOf<Space>) => boolean;
  /** Names all draws; 0 by default. */
  readonly seed?: number;
  /** Trials at most. */
  readonly trials: number;
}

/** A scheduler and the epochs of a whole trial. */
export interface StudyScheduler {
  readonly spec: SchedulerSpec;
  readonly maxEpochs: number;
}

/**
 * A study that has asked for nothing yet.
 * @throws {RangeError} If the options contradict each other.
 */
export function createStudy<Space extends StudySpace>(options: StudyOptions<Space>): Study {
  const { parameters, goal = "minimize", goals = [goal], seed = 0, trials, constraint } = options;
  if (!Number.isSafeInteger(trials) || trials < 1) {
    throw new RangeError(`Cannot run ${trials} trials: it must be an integer >= 1`);
  }
  if (goals.length === 0) throw new RangeError("Cannot search without a goal: it must have one");
  const space = searchSpaceOf(parameters);
  const objectives = goals.length;
  const isAllowed = (point: Hyperparameters): boolean =>
    constraint === undefined || constraint(point as ParametersOf<Space>);
  const shared: LearningOptions = {
    space,
    configurations: trials,
    seed,
    objectives,
    isAllowed,
  };
  const { scheduler } = options;
  return new Study({
    space,
    isAllowed,
    sampler: createAnySampler(options.sampler ?? (objectives > 1 ? "nsga2" : "tpe"), shared),
    scheduler: scheduler === undefined ? null : createScheduler(scheduler.spec, {
      maxEpochs: scheduler.maxEpochs,
      seed,
      space,
      objectives,
      trials,
      isAllowed,
    }),
    goals,
    trials,
  });
}
