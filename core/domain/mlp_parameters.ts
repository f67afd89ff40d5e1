/** The hyperparameters that the multilayer-perceptron trainer knows, with their ranges and defaults. */
import type { Hyperparameters, ParameterValue } from "./hyperparameters.ts";
import { type Loss, LOSSES } from "./task_kind.ts";

/** What a parameter of the trainer may be. */
export type ParameterRule =
  | {
    readonly kind: "int";
    readonly min: number;
    readonly max: number;
    /** A word that stands for a number which only the data know; null: there is none. */
    readonly word: string | null;
    readonly default: number;
  }
  | {
    readonly kind: "float";
    /** Exclusive when `open`. */
    readonly min: number;
    readonly open: boolean;
    readonly max: number;
    readonly default: number;
  }
  | {
    readonly kind: "choice";
    readonly choices: readonly string[];
    /** Null: it depends on the task. */
    readonly default: string | null;
  }
  /** A module of the user takes it: whatever can be written. */
  | { readonly kind: "any"; readonly default: null };

/** What stands between the layers. */
export type ActivationName = "relu" | "sigmoid" | "tanh";
/** The update rule. */
export type OptimizerKind = "sgd" | "momentum" | "adam";
/** Where gradients come from: formulas derived by hand, or automatic differentiation. */
export type GradientMode = "manual" | "auto";

const ACTIVATIONS: readonly ActivationName[] = ["relu", "sigmoid", "tanh"];
const OPTIMIZERS: readonly OptimizerKind[] = ["sgd", "momentum", "adam"];
const GRADIENTS: readonly GradientMode[] = ["manual", "auto"];

/** The word for batches of all training examples. */
export const FULL_BATCH_WORD: string = "full";
/** The batch size that this word means: more examples than any training set has. */
export const FULL_BATCH: number = 2 ** 31 - 1;

/** Every parameter of the trainer by its name in sweep files. */
export const MLP_PARAMETERS: Readonly<Record<string, ParameterRule>> = {
  /** Examples per optimizer step; at most all of them are taken. */
  batch_size: { kind: "int", min: 1, max: 65_536, word: FULL_BATCH_WORD, default: 64 },
  /** Learning rate of the optimizer. */
  lr: { kind: "float", min: 0, open: true, max: 100, default: 0.01 },
  /** Units of each hidden layer. */
  hidden_width: { kind: "int", min: 1, max: 16_384, word: null, default: 32 },
  /** Hidden layers. */
  depth: { kind: "int", min: 1, max: 16, word: null, default: 1 },
  /** Passes over the training set. */
  epochs: { kind: "int", min: 1, max: 1_000_000, word: null, default: 5 },
  /** Nonlinearity after each hidden layer. */
  activation: { kind: "choice", choices: ACTIVATIONS, default: "relu" },
  /** The update rule. */
  optimizer: { kind: "choice", choices: OPTIMIZERS, default: "sgd" },
  /** How much of the last direction is kept: of the velocity, or of Adam's first moment (β₁). */
  momentum: { kind: "float", min: 0, open: false, max: 0.9999, default: 0.9 },
  /** The pull of weights towards 0: L2 in the gradient of sgd and momentum, decoupled for adam. */
  weight_decay: { kind: "float", min: 0, open: false, max: 100, default: 0 },
  /** Where gradients come from: formulas derived by hand, or automatic differentiation. */
  gradient: { kind: "choice", choices: GRADIENTS, default: "manual" },
  /** What training makes small; by default what fits the task. */
  loss: { kind: "choice", choices: LOSSES, default: null },
};

/** The trainer's hyperparameters with every default filled in. */
export interface MlpHyperparameters {
  /** `FULL_BATCH` or any other number beyond the training examples: all of them. */
  readonly batchSize: number;
  readonly lr: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  readonly epochs: number;
  readonly activation: ActivationName;
  readonly optimizer: OptimizerKind;
  /** Of no effect with `sgd`. */
  readonly momentum: number;
  readonly weightDecay: number;
  readonly gradient: GradientMode;
  /** Null: by the task's kind. */
  readonly loss: Loss | null;
}

const ANYTHING: ParameterRule = { kind: "any", default: null };

/** The rule of a parameter by its name; null if the task's trainer has no such parameter. */
export function ruleOf(
  name: string,
  task: { readonly dataset: string } | null,
): ParameterRule | null {
  if (task?.dataset === "module") return ANYTHING;
  // Names come from files: "constructor" is no parameter, though every object has it.
  return Object.hasOwn(MLP_PARAMETERS, name) ? MLP_PARAMETERS[name] ?? null : null;
}

/** What the rule demands, in words for an error message. */
export function describeRule(rule: ParameterRule): string {
  switch (rule.kind) {
    case "int":
      return `an integer from ${rule.min} to ${rule.max}` +
        (rule.word === null ? "" : `, or ${rule.word}`);
    case "float":
      return `a number ${rule.open ? ">" : ">="} ${rule.min} and <= ${rule.max}`;
    case "choice":
      return `one of ${rule.choices.join(", ")}`;
    case "any":
      return "a finite number, a text, true or false";
    default:
      return rule satisfies never;
  }
}

/** Whether the rule admits the value. */
export function satisfiesRule(rule: ParameterRule, value: ParameterValue): boolean {
  switch (rule.kind) {
    case "int":
      if (typeof value === "string") return value === rule.word;
      return Number.isSafeInteger(value) && Number(value) >= rule.min && Number(value) <= rule.max;
    case "float":
      return typeof value === "number" && value <= rule.max &&
        (rule.open ? value > rule.min : value >= rule.min);
    case "choice":
      return typeof value === "string" && rule.choices.includes(value);
    case "any":
      return typeof value !== "number" || Number.isFinite(value);
    default:
      return rule satisfies never;
  }
}

/**
 * The trainer's hyperparameters out of a trial's.
 * @throws {RangeError} If a name is unknown or a value breaks its rule.
 */
export function parseMlpHyperparameters(hyperparameters: Hyperparameters): MlpHyperparameters {
  for (const [name, value] of Object.entries(hyperparameters)) {
    const rule = ruleOf(name, null);
    if (rule === null) throw new RangeError(`Cannot train with unknown parameter "${name}"`);
    if (!satisfiesRule(rule, value)) {
      throw new RangeError(
        `Cannot train with ${name} = ${JSON.stringify(value)}: it must be ${describeRule(rule)}`,
      );
    }
  }
  const value = (name: string): ParameterValue | null =>
    hyperparameters[name] ?? MLP_PARAMETERS[name]?.default ?? null;
  const choice = <Name extends string>(name: string, names: readonly Name[]): Name | null =>
    names.find((each) => each === value(name)) ?? null;
  const batchSize = value("batch_size");
  return {
    batchSize: batchSize === FULL_BATCH_WORD ? FULL_BATCH : Number(batchSize),
    lr: Number(value("lr")),
    hiddenWidth: Number(value("hidden_width")),
    depth: Number(value("depth")),
    epochs: Number(value("epochs")),
    activation: choice("activation", ACTIVATIONS) ?? "relu",
    optimizer: choice("optimizer", OPTIMIZERS) ?? "sgd",
    momentum: Number(value("momentum")),
    weightDecay: Number(value("weight_decay")),
    gradient: choice("gradient", GRADIENTS) ?? "manual",
    loss: choice("loss", LOSSES),
  };
}
