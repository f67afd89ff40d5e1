/** The vocabulary of sweep files: keys, limits and defaults, for the parser and the JSON Schema. */
import type { Goal } from "../../core/domain/objective.ts";
import type { SamplerMethod } from "../../core/domain/sweep_spec.ts";

/** Integers from `min` to `max`, both included. */
export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

/** Bytes of a sweep file at most. */
export const MAX_FILE_BYTES: number = 1024 * 1024;
/** Trials of a sweep at most: a grid grows as a product, so a slip of the pen can ask for 10¹². */
export const MAX_TRIALS: number = 1_000_000;
/** Lanes in a pack at most, where the user does not say. */
export const DEFAULT_MAX_LANES: number = 1;

/** The keys of a sweep file, in the order of documentation. */
export const SWEEP_KEYS: readonly string[] = [
  "name",
  "description",
  "seed",
  "task",
  "method",
  "metric",
  "replicates",
  "run_cap",
  "max_attempts",
  "parameters",
  "early_terminate",
];
/** The keys of `task` that every dataset has; `classes` belongs to `cifar100`. */
export const TASK_KEYS: readonly string[] = ["dataset", "validation", "train_examples"];
/** The keys of `metric`. */
export const METRIC_KEYS: readonly string[] = ["name", "goal"];
/** The keys of one parameter. */
export const DOMAIN_KEYS: readonly string[] = ["value", "values", "min", "max", "distribution"];
/** The keys of `early_terminate`. */
export const EARLY_TERMINATE_KEYS: readonly string[] = ["type"];

/** Keys of W&B sweep files that ask for what Trawl does in another way, or not at all. */
export const FOREIGN_KEYS: ReadonlyMap<string, string> = new Map([
  ["program", "Trawl trains its own networks: say which data under task, and leave it out"],
  ["command", "Trawl trains its own networks: say which data under task, and leave it out"],
  ["entity", "Trawl has no accounts: leave it out"],
  ["project", "Trawl has no projects: leave it out"],
]);

/** How configurations can be proposed. */
export const METHODS: readonly SamplerMethod[] = ["grid", "random"];
/** What `distribution` may say. */
export const DISTRIBUTIONS = [
  "constant",
  "categorical",
  "int_uniform",
  "uniform",
  "log_uniform_values",
] as const;
/** A distribution of a parameter, in W&B's words. */
export type Distribution = typeof DISTRIBUTIONS[number];

/** Goals by their name. */
export const GOALS: readonly Goal[] = ["maximize", "minimize"];
/** The metrics that can rank trials, with the goal that each one has. */
export const OBJECTIVE_GOALS: ReadonlyMap<string, Goal> = new Map([
  ["val_accuracy", "maximize"],
  ["val_loss", "minimize"],
  ["train_accuracy", "maximize"],
  ["train_loss", "minimize"],
]);
/** Measured once, after training: they are shown, and must not choose. */
export const TEST_METRICS: readonly string[] = ["test_accuracy", "test_loss"];

/** What is known of a dataset before it is opened. */
export interface DatasetFacts {
  readonly name: "mnist" | "cifar100";
  /** The number of its classes where the file may choose among them; null where it may not. */
  readonly selectableClasses: number | null;
  /** Training examples in all. */
  readonly trainExamples: number;
}

/** The datasets, by name. */
export const DATASETS: ReadonlyMap<string, DatasetFacts> = new Map([
  ["mnist", { name: "mnist", selectableClasses: null, trainExamples: 60_000 }],
  ["cifar100", { name: "cifar100", selectableClasses: 100, trainExamples: 50_000 }],
]);

/** The share of the training examples that validates where the file does not say. */
export const DEFAULT_VALIDATION_FRACTION: number = 0.1;
/** `seed`, with its default. */
export const SEED: IntegerRange & { readonly default: number } = {
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  default: 1,
};
/** `replicates`, with its default. */
export const REPLICATES: IntegerRange & { readonly default: number } = {
  min: 1,
  max: 10_000,
  default: 1,
};
/** `max_attempts`, with its default. */
export const MAX_ATTEMPTS: IntegerRange & { readonly default: number } = {
  min: 1,
  max: 100,
  default: 3,
};
/** `--max-lanes`. */
export const MAX_LANES: IntegerRange = { min: 1, max: 4096 };
/** A sweep's name: it becomes part of the sweep's id, of file names and of addresses. */
export const NAME_REGEXP: RegExp = /^[A-Za-z0-9_-]{1,40}$/;
/** Characters of a description at most. */
export const MAX_DESCRIPTION_LENGTH: number = 2000;
