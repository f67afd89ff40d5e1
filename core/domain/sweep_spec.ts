/** What a sweep is asked to do: the sweep file, parsed and complete with its defaults. */
import type { ObjectiveMetric } from "./objective.ts";
import type { RacingPolicy } from "./race.ts";
import type { SchedulerSpec } from "./scheduler_spec.ts";
import type { SearchSpace } from "./search_space.ts";
import type { TaskKind } from "./task_kind.ts";
import type { ModuleTask } from "./user_module.ts";

/** Trials of a sweep at most: a grid grows as a product, so a slip of the pen can ask for 10¹². */
export const MAX_TRIALS: number = 1_000_000;

/** How configurations are proposed. */
export type SamplerMethod = "grid" | "random" | "sobol" | AdaptiveMethod;

/** The methods that learn from results: they propose a batch at a time. */
export type AdaptiveMethod = "tpe" | "gp" | "cmaes" | "nsga2";

/** Where validation examples come from: the test set, or a share of the training set. */
export type ValidationSource =
  | { readonly kind: "test" }
  /** `fraction` in (0, 1) of the training examples, cut off by the sweep's seed. */
  | { readonly kind: "cut"; readonly fraction: number };

/** How a dataset is used, whichever it is. */
export interface TaskDivision {
  readonly validation: ValidationSource;
  /** At most this many training examples, drawn by the sweep's seed; null: all. */
  readonly trainExamples: number | null;
}

/** Data that a formula and the sweep's seed generate. */
export interface GeneratedTask {
  /** Training examples, validation included; there are as many fresh ones to test with. */
  readonly examples: number;
  /** The standard deviation of the noise. */
  readonly noise: number;
}

/** A table of the user in a text file. */
export interface CsvTask {
  /** The folder of the sweep file, absolute: relative paths start there. */
  readonly folder: string;
  /** As the sweep file has it. */
  readonly path: string;
  /** The name of the column to predict. */
  readonly target: string;
  /** What to make of the target. */
  readonly kind: TaskKind;
  /** The columns to predict it from; null: all the others. */
  readonly features: readonly string[] | null;
  /** Columns whose numbers are names: they become one input for each. */
  readonly categorical: readonly string[];
  /** The share of the rows that is kept back to test with, in (0, 1). */
  readonly test: number;
}

/** Images and labels of the user in the format of MNIST's files. */
export interface IdxTask {
  /** The folder of the sweep file, absolute: relative paths start there. */
  readonly folder: string;
  /** As the sweep file has it, like the other paths. */
  readonly images: string;
  readonly labels: string;
  /** Files of their own, or the share of the examples that is kept back, in (0, 1). */
  readonly test:
    | { readonly kind: "files"; readonly images: string; readonly labels: string }
    | { readonly kind: "cut"; readonly fraction: number };
}

/** Data that come with Trawl's own trainer. */
export type DataTask =
  & TaskDivision
  & (
    | { readonly dataset: "mnist" }
    | {
      readonly dataset: "cifar100";
      /** Fine class numbers, 0 … 99; labels follow this order. */
      readonly classes: readonly number[];
    }
    | { readonly dataset: "xor" } & GeneratedTask
    | { readonly dataset: "noisy-sigmoid" } & GeneratedTask
    | { readonly dataset: "csv" } & CsvTask
    | { readonly dataset: "idx" } & IdxTask
  );

/** What trials train: a network on data, or whatever a module of the user makes of a trial. */
export type TaskSpec = DataTask | { readonly dataset: "module" } & ModuleTask;

/** What kind of task a sweep's data make; null where a module of the user alone knows. */
export function taskKindOf(task: TaskSpec): TaskKind | null {
  switch (task.dataset) {
    case "mnist":
    case "cifar100":
    case "idx":
      return "classification";
    case "xor":
      return "binary";
    case "noisy-sigmoid":
      return "regression";
    case "csv":
      return task.kind;
    case "module":
      return null;
    default:
      return task satisfies never;
  }
}

/** The objectives of a sweep, the one that ranks trials first. */
export function objectivesOf(
  { metric, objectives }: Pick<SweepSpec, "metric" | "objectives">,
): readonly ObjectiveMetric[] {
  return objectives ?? [metric];
}

/** Whether a method learns from results: then a sweep asks for its trials little by little. */
export function isAdaptive(method: SamplerMethod): method is AdaptiveMethod {
  switch (method) {
    case "tpe":
    case "gp":
    case "cmaes":
    case "nsga2":
      return true;
    case "grid":
    case "random":
    case "sobol":
      return false;
    default:
      return method satisfies never;
  }
}

/** A whole sweep: one search space, one objective, one sampler, one budget. */
export interface SweepSpec {
  readonly name: string;
  readonly description: string | null;
  /** The root of all randomness of the sweep. */
  readonly seed: number;
  readonly task: TaskSpec;
  readonly method: SamplerMethod;
  readonly metric: ObjectiveMetric;
  /** Where there are several objectives: all of them, `metric` first. */
  readonly objectives?: readonly ObjectiveMetric[] | undefined;
  /** What decides about trials that are on their way; absent: all train to their end. */
  readonly scheduler?: SchedulerSpec | undefined;
  /** Configurations that are proposed together by a method that learns; absent: its default. */
  readonly batch?: number | undefined;
  /** Trials per configuration, at first where there is a race; they differ in initial weights only. */
  readonly replicates: number;
  /** Further replicates go where they decide the ranking; without it all have equally many. */
  readonly racing?: RacingPolicy | undefined;
  /** A limit on the number of trials; null: as many as the search space has. */
  readonly runCap: number | null;
  /** Lanes in a pack at most; 1 forbids fusing. */
  readonly maxLanes: number;
  /** A trial fails when so many of its attempts threw, or so many lost their worker. */
  readonly maxAttempts: number;
  readonly parameters: SearchSpace;
  /** What must hold between parameters, each as the sweep file has it: `hidden_width <= 4 * batch_size`. */
  readonly constraints?: readonly string[] | undefined;
}
