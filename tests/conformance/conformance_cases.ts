/** The table of what every backend must train like the plain one does. */
import type { GradientMode, OptimizerKind } from "../../core/domain/mlp_parameters.ts";
import { TASK_KINDS, type TaskKind } from "../../core/domain/task_kind.ts";
import { createRng } from "../../core/domain/rng.ts";
import { epoch } from "../../core/domain/units.ts";
import type { Dataset, Split } from "../../worker/datasets/dataset.ts";
import type { Activation } from "../../worker/training/activation.ts";
import type { PackSpec } from "../../worker/training/pack.ts";
import { laneOf, packOf, smallDataset } from "../../worker/training/testing.ts";

/** One pack on one dataset. */
export interface ConformanceCase {
  readonly name: string;
  readonly dataset: Dataset;
  readonly spec: PackSpec;
}

const OPTIMIZERS: readonly OptimizerKind[] = ["sgd", "momentum", "adam"];
const GRADIENTS: readonly GradientMode[] = ["manual", "auto"];
const ACTIVATIONS: readonly Activation[] = ["relu", "sigmoid", "tanh"];
/** Of adam less: its step is as long for a gradient that is all rounding error as for any other. */
const RATES: Readonly<Record<OptimizerKind, number>> = { sgd: 0.1, momentum: 0.02, adam: 0.005 };

/** Every task with its loss × optimizer × gradient mode × depth, as packs of three lanes. */
export function conformanceCases(): readonly ConformanceCase[] {
  let turn = 0;
  return TASK_KINDS.flatMap((task) =>
    OPTIMIZERS.flatMap((optimizer) =>
      GRADIENTS.flatMap((gradient) =>
        [1, 2, 3].map((depth) =>
          caseOf({
            task,
            optimizer,
            gradient,
            depth,
            activation: ACTIVATIONS[turn++ % ACTIVATIONS.length] ?? "relu",
          })
        )
      )
    )
  );
}

interface Choice {
  readonly task: TaskKind;
  readonly optimizer: OptimizerKind;
  readonly gradient: GradientMode;
  readonly depth: number;
  readonly activation: Activation;
}

/** Lanes of different widths, rates and decays, so that nothing lies where it would by chance. */
function caseOf({ task, ...shared }: Choice): ConformanceCase {
  const lr = RATES[shared.optimizer];
  const lanes = [
    laneOf(0, { lr }),
    laneOf(1, { lr: lr / 3, hiddenWidth: 9, weightDecay: 0.01, momentum: 0.8 }),
    laneOf(2, { lr: lr / 2, hiddenWidth: 1, replicate: 3 }),
  ];
  const { optimizer, gradient, depth, activation } = shared;
  return {
    name: `${task}, ${optimizer}, ${gradient} gradients, depth ${depth}, ${activation}`,
    dataset: task === "classification" ? smallDataset() : tableDataset(task),
    spec: packOf(lanes, { ...shared, epochs: epoch(3) }),
  };
}

/** Five random numbers an example; the target is a smooth function of them, or its sign. */
function tableDataset(kind: "binary" | "regression"): Dataset {
  const features = 5;
  const splitOf = (name: string, count: number): Split => {
    const rng = createRng(3, name);
    const values = Float32Array.from({ length: count * features }, () => rng.normal());
    const wave = Float32Array.from(
      { length: count },
      (_, row) => Math.sin(values[row * features] ?? 0) - (values[row * features + 1] ?? 0),
    );
    return {
      count,
      features,
      inputs: { kind: "floats", values },
      targets: kind === "regression"
        ? { kind: "values", values: wave }
        : { kind: "classes", labels: Uint16Array.from(wave, (value) => +(value > 0)) },
    };
  };
  return {
    name: kind,
    digest: "0".repeat(64),
    kind,
    classes: kind === "binary" ? ["low", "high"] : [],
    outputs: 1,
    features,
    normalisation: null,
    train: splitOf("train", 50),
    validation: splitOf("validation", 31),
    test: splitOf("test", 17),
  };
}
