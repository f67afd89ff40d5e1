/** The vocabulary of sweep files: keys, limits and defaults, for the parser and the JSON Schema. */
import type { Goal, ObjectiveMetric } from "../../core/domain/objective.ts";
import type { DataTask, GeneratedTask, SamplerMethod } from "../../core/domain/sweep_spec.ts";
import { TASK_KIND_FACTS, TASK_KINDS } from "../../core/domain/task_kind.ts";

/** Integers from `min` to `max`, both included. */
export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

/** Bytes of a sweep file at most. */
export const MAX_FILE_BYTES: number = 1024 * 1024;
/** Lanes in a pack at most, where the user does not say. */
export const DEFAULT_MAX_LANES: number = 16;

/** The keys of a sweep file, in the order of documentation. */
export const SWEEP_KEYS: readonly string[] = [
  "name",
  "description",
  "seed",
  "task",
  "program",
  "method",
  "batch",
  "metric",
  "metrics",
  "replicates",
  "run_cap",
  "max_attempts",
  "parameters",
  "constraints",
  "early_terminate",
];
/** The keys of `task` that every dataset has; `DATASETS` has the others. */
export const TASK_KEYS: readonly string[] = ["dataset", "validation", "train_examples"];
/** The keys of a `task` that is a module of the user. */
export const MODULE_TASK_KEYS: readonly string[] = ["module", "permissions"];
/** What a module can be granted. */
export const PERMISSION_KEYS: readonly string[] = ["net", "read", "write", "env", "sys"];
/** Keys of W&B that say nothing here, and are passed over in a file with its `program`. */
export const PASSED_OVER: readonly string[] = ["command", "entity", "project"];
/** The keys of `metric`. */
export const METRIC_KEYS: readonly string[] = ["name", "goal"];
/** Objectives of a sweep at most. */
export const MAX_OBJECTIVES: number = 8;
/** `constraints` at most. */
export const MAX_CONSTRAINTS: number = 100;
/** `batch`. */
export const BATCH: IntegerRange = { min: 1, max: 1_000 };

/** Keys of W&B sweep files that ask for what Trawl does in another way, or not at all. */
export const FOREIGN_KEYS: ReadonlyMap<string, string> = new Map([
  ["command", "Trawl starts its own workers: name a module under program, and leave it out"],
  ["entity", "Trawl has no accounts: leave it out"],
  ["project", "Trawl has no projects: leave it out"],
]);

/** How configurations can be proposed. */
export const METHODS: readonly (SamplerMethod | "bayes")[] = [
  "grid",
  "random",
  "sobol",
  "tpe",
  "gp",
  "cmaes",
  "nsga2",
  // W&B's word for a method that learns.
  "bayes",
];
/** What W&B's word means here. */
export const BAYES: SamplerMethod = "tpe";
/** The methods that learn from results. */
export const LEARNING_METHODS: ReadonlySet<SamplerMethod> = new Set<SamplerMethod>([
  "tpe",
  "gp",
  "cmaes",
  "nsga2",
]);

/** Goals by their name. */
export const GOALS: readonly Goal[] = ["maximize", "minimize"];
/** The metrics that can rank trials of some kind of task, with the goal that each one has. */
export const OBJECTIVES: readonly ObjectiveMetric[] = TASK_KINDS
  .flatMap((kind) => TASK_KIND_FACTS[kind].objectives)
  .filter(({ name }, i, all) => all.findIndex((each) => each.name === name) === i);

/** What is known of a dataset before it is opened. */
export interface DatasetFacts {
  readonly name: DataTask["dataset"];
  /** The keys of `task` that belong to it, beside those that every dataset has. */
  readonly keys: readonly string[];
  /** The number of its classes where the file may choose among them; null where it may not. */
  readonly selectableClasses: number | null;
  /** Training examples in all; null where only the user's file knows. */
  readonly trainExamples: number | null;
  /** What is generated where the file does not say; null for data that are read. */
  readonly generated: GeneratedTask | null;
}

const OF_OTHERS: Omit<DatasetFacts, "name"> = {
  keys: [],
  selectableClasses: null,
  trainExamples: null,
  generated: null,
};
const GENERATED_KEYS: readonly string[] = ["examples", "noise"];
const DATASET_LIST: readonly DatasetFacts[] = [
  { ...OF_OTHERS, name: "mnist", trainExamples: 60_000 },
  {
    ...OF_OTHERS,
    name: "cifar100",
    keys: ["classes"],
    selectableClasses: 100,
    trainExamples: 50_000,
  },
  {
    ...OF_OTHERS,
    name: "xor",
    keys: GENERATED_KEYS,
    generated: { examples: 400, noise: 0.15 },
  },
  {
    ...OF_OTHERS,
    name: "noisy-sigmoid",
    keys: GENERATED_KEYS,
    generated: { examples: 128, noise: 0.05 },
  },
  {
    ...OF_OTHERS,
    name: "csv",
    keys: ["path", "target", "kind", "features", "categorical", "test"],
  },
  {
    ...OF_OTHERS,
    name: "idx",
    keys: ["images", "labels", "test_images", "test_labels", "test"],
  },
];

/** The datasets, by name. */
export const DATASETS: ReadonlyMap<string, DatasetFacts> = new Map(
  DATASET_LIST.map((facts) => [facts.name, facts]),
);

/** `examples` of generated data. */
export const EXAMPLES: IntegerRange = { min: 10, max: 1_000_000 };
/** `noise` of generated data at most: far beyond the data themselves. */
export const MAX_NOISE: number = 100;
/** The share of the user's examples that tests where the file does not say. */
export const DEFAULT_TEST_FRACTION: number = 0.2;
/** Characters of a path or of a column's name at most. */
export const MAX_TEXT_LENGTH: number = 1000;
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
/** `replicates: auto`: how many a configuration starts with, and how many it gets at most. */
export const RACING: {
  readonly start: IntegerRange & { readonly default: number };
  readonly max: IntegerRange & { readonly default: number };
} = {
  // Two are the fewest that can be compared.
  start: { min: 2, max: 1_000, default: 3 },
  max: { min: 2, max: 1_000, default: 20 },
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
