/** What a sweep's scheduler needs to know of it. */
import { isAllowedIn } from "../../core/domain/constraints.ts";
import { MLP_PARAMETERS } from "../../core/domain/mlp_parameters.ts";
import type { ParameterDomain } from "../../core/domain/search_space.ts";
import { objectivesOf, type SweepSpec } from "../../core/domain/sweep_spec.ts";
import { plannedTrials } from "../plan_trials.ts";
import type { SchedulerOptions } from "../schedulers/scheduler.ts";

/** The options of the scheduler of a sweep. */
export function schedulerOptions(spec: SweepSpec): SchedulerOptions {
  return {
    maxEpochs: maxEpochsOf(spec),
    seed: spec.seed,
    space: spec.parameters,
    objectives: objectivesOf(spec).length,
    trials: trialsInTheEnd(spec),
    isAllowed: isAllowedIn(spec),
  };
}

/** The epochs of a whole trial; where they vary, of the longest. */
export function maxEpochsOf({ parameters }: SweepSpec): number {
  const domain = parameters.find(({ name }) => name === "epochs")?.domain;
  const fallback = MLP_PARAMETERS["epochs"]?.default;
  return domain === undefined ? Number(fallback ?? 1) : largestOf(domain);
}

function largestOf(domain: ParameterDomain): number {
  switch (domain.kind) {
    case "values":
      return Math.max(...domain.values.map(Number));
    case "int":
    case "float":
      return domain.max;
    case "normal":
      return Infinity;
    default:
      return domain satisfies never;
  }
}

function trialsInTheEnd(spec: SweepSpec): number | null {
  if (spec.racing !== undefined) return null;
  try {
    return plannedTrials(spec);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
