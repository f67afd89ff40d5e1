/**
 * Trawl as a library. `optimize` searches inside a program: it runs any function, with the samplers and
 * schedulers of sweeps. The types of a training function are for `task: { module: … }`.
 *
 * @example
 * ```ts
 * import { float, optimize } from "./mod.ts";
 *
 * const { best } = await optimize({
 *   parameters: { x: float(-5, 5), y: float(-5, 5) },
 *   objective: ({ x, y }) => (x - 1) ** 2 + (y + 2) ** 2,
 *   trials: 60,
 * });
 * console.log(best?.parameters, best?.values);
 * ```
 *
 * @module
 */
export {
  createStudy,
  type StudyOptions,
  type StudyScheduler,
} from "./coordinator/study/create_study.ts";
export {
  type FinishedTrial,
  type Objective,
  optimize,
  type OptimizeOptions,
  type OptimizeResult,
  type StudyTrial,
  TrialInterrupted,
} from "./coordinator/study/optimize.ts";
export {
  bool,
  choice,
  float,
  int,
  normal,
  type ParametersOf,
  type RangeOptions,
  type Requirement,
  type StudyParameter,
  type StudySpace,
  when,
} from "./coordinator/study/parameters.ts";
export { type AskedTrial, type Study, type StudyDecision } from "./coordinator/study/study.ts";
export { type StudyRecord, type StudyState } from "./coordinator/study/study_record.ts";
export type {
  ResumedTrial,
  TrainTrial,
  Trial,
  TrialDecision,
  TrialMetrics,
  TrialParameters,
} from "./worker/user_module/trial_api.ts";
