/** The kinds of tasks that a network can learn, with what each is scored by. */
import type { ObjectiveMetric } from "./objective.ts";

/** One of several classes, one of two (a single output), or a number. */
export type TaskKind = "classification" | "binary" | "regression";

/** What training makes small. */
export type Loss = "softmax_cross_entropy" | "binary_cross_entropy" | "mean_squared_error";

/** The kinds of tasks, in the order of documentation. */
export const TASK_KINDS: readonly TaskKind[] = ["classification", "binary", "regression"];

/** The losses, in the order of their tasks. */
export const LOSSES: readonly Loss[] = [
  "softmax_cross_entropy",
  "binary_cross_entropy",
  "mean_squared_error",
];

/** What is known of a kind of task. */
export interface TaskKindFacts {
  /** The loss that fits the network's outputs and the targets. */
  readonly loss: Loss;
  /** Measured after each epoch, so trials can be ranked by them; the first is the default. */
  readonly objectives: readonly ObjectiveMetric[];
  /** Measured once, at the end: they are shown, and must not choose. */
  readonly finals: readonly string[];
}

const SHARE_OF_RIGHT: Omit<TaskKindFacts, "loss"> = {
  objectives: [
    { name: "val_accuracy", goal: "maximize" },
    { name: "val_loss", goal: "minimize" },
    { name: "train_accuracy", goal: "maximize" },
    { name: "train_loss", goal: "minimize" },
  ],
  finals: ["test_accuracy", "test_loss"],
};

/** Each kind's facts. */
export const TASK_KIND_FACTS: Readonly<Record<TaskKind, TaskKindFacts>> = {
  classification: { loss: "softmax_cross_entropy", ...SHARE_OF_RIGHT },
  binary: {
    loss: "binary_cross_entropy",
    ...SHARE_OF_RIGHT,
    finals: [...SHARE_OF_RIGHT.finals, "centre_accuracy"],
  },
  regression: {
    loss: "mean_squared_error",
    objectives: [
      { name: "val_rmse", goal: "minimize" },
      { name: "val_loss", goal: "minimize" },
      { name: "train_loss", goal: "minimize" },
    ],
    finals: ["test_rmse", "test_loss", "rmse_to_truth"],
  },
};

/** Numbers that a network has at its end: a score for each class, or a single one. */
export function outputsOf(kind: TaskKind, classes: number): number {
  return kind === "classification" ? classes : 1;
}

/**
 * The loss that a task is trained with: what was asked for, or else the kind's own.
 * @throws {RangeError} If what was asked for does not fit the kind.
 */
export function lossOf(kind: TaskKind, asked: Loss | null): Loss {
  const { loss } = TASK_KIND_FACTS[kind];
  if (asked === null || asked === loss) return loss;
  throw new RangeError(`Cannot train ${kind} with loss ${asked}: it must be ${loss}`);
}
