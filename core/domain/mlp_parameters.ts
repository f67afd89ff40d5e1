/** The hyperparameters that the multilayer-perceptron trainer knows, with their ranges and defaults. */
import type { Hyperparameters, ParameterValue } from "./hyperparameters.ts";

/** What a parameter of the trainer may be. */
export type ParameterRule =
  | { readonly kind: "int"; readonly min: number; readonly max: number; readonly default: number }
  | {
    readonly kind: "float";
    /** Exclusive when `open`. */
    readonly min: number;
    readonly open: boolean;
    readonly max: number;
    readonly default: number;
  }
  | { readonly kind: "choice"; readonly choices: readonly string[]; readonly default: string };

/** Every parameter of the trainer by its name in sweep files. */
export const MLP_PARAMETERS: Readonly<Record<string, ParameterRule>> = {
  /** Examples per optimizer step. */
  batch_size: { kind: "int", min: 1, max: 65_536, default: 64 },
  /** Learning rate of the optimizer. */
  lr: { kind: "float", min: 0, open: true, max: 100, default: 0.01 },
  /** Units of each hidden layer. */
  hidden_width: { kind: "int", min: 1, max: 16_384, default: 32 },
  /** Hidden layers. */
  depth: { kind: "int", min: 1, max: 16, default: 1 },
  /** Passes over the training set. */
  epochs: { kind: "int", min: 1, max: 1_000_000, default: 5 },
  /** Nonlinearity after each hidden layer. */
  activation: { kind: "choice", choices: ["relu", "sigmoid", "tanh"], default: "relu" },
  /** The update rule. */
  optimizer: { kind: "choice", choices: ["sgd"], default: "sgd" },
  /** Where gradients come from: derived by hand. */
  gradient: { kind: "choice", choices: ["manual"], default: "manual" },
};

/** The trainer's hyperparameters with every default filled in. */
export interface MlpHyperparameters {
  readonly batchSize: number;
  readonly lr: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  readonly epochs: number;
  readonly activation: "relu" | "sigmoid" | "tanh";
}

/** What the rule demands, in words for an error message. */
export function describeRule(rule: ParameterRule): string {
  switch (rule.kind) {
    case "int":
      return `an integer from ${rule.min} to ${rule.max}`;
    case "float":
      return `a number ${rule.open ? ">" : ">="} ${rule.min} and <= ${rule.max}`;
    case "choice":
      return `one of ${rule.choices.join(", ")}`;
    default:
      return rule satisfies never;
  }
}

/** Whether the rule admits the value. */
export function satisfiesRule(rule: ParameterRule, value: ParameterValue): boolean {
  switch (rule.kind) {
    case "int":
      return Number.isSafeInteger(value) && Number(value) >= rule.min && Number(value) <= rule.max;
    case "float":
      return typeof value === "number" && value <= rule.max &&
        (rule.open ? value > rule.min : value >= rule.min);
    case "choice":
      return typeof value === "string" && rule.choices.includes(value);
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
    // Names come from files: "constructor" is no parameter, though every object has it.
    const rule = Object.hasOwn(MLP_PARAMETERS, name) ? MLP_PARAMETERS[name] : undefined;
    if (rule === undefined) throw new RangeError(`Cannot train with unknown parameter "${name}"`);
    if (!satisfiesRule(rule, value)) {
      throw new RangeError(
        `Cannot train with ${name} = ${JSON.stringify(value)}: it must be ${describeRule(rule)}`,
      );
    }
  }
  const value = (name: string): ParameterValue =>
    hyperparameters[name] ?? MLP_PARAMETERS[name]?.default ?? 0;
  return {
    batchSize: Number(value("batch_size")),
    lr: Number(value("lr")),
    hiddenWidth: Number(value("hidden_width")),
    depth: Number(value("depth")),
    epochs: Number(value("epochs")),
    activation: parseActivation(value("activation")),
  };
}

function parseActivation(value: ParameterValue): MlpHyperparameters["activation"] {
  return value === "sigmoid" || value === "tanh" ? value : "relu";
}
