/** Trawl as a library: the types of training functions that `task: { module: … }` names. */
export type {
  ResumedTrial,
  TrainTrial,
  Trial,
  TrialDecision,
  TrialMetrics,
  TrialParameters,
} from "./worker/user_module/trial_api.ts";
