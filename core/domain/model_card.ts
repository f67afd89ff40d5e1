/** What a stored model needs besides its weights, so that anybody can use it. */
import type { ActivationName } from "./mlp_parameters.ts";
import type { TaskKind } from "./task_kind.ts";

/** How one plane (colour channel) of bytes scaled to [0, 1] becomes inputs: (x − mean) / std. */
export interface PlaneScale {
  readonly mean: number;
  readonly std: number;
}

/** What goes into a network. */
export type ModelInputs =
  /** Images whose planes lie one after the other, each `height × width` row by row. */
  | {
    readonly kind: "image";
    readonly width: number;
    readonly height: number;
    readonly planes: readonly PlaneScale[];
  }
  /** Columns of a table, or coordinates, in this order; inputs are `(value − mean) / std`. */
  | {
    readonly kind: "columns";
    readonly columns: readonly {
      readonly name: string;
      readonly scale: PlaneScale;
      /** The value that this input stands for, 1 or 0; null for numbers. */
      readonly category: string | null;
    }[];
  };

/**
 * A multilayer perceptron, input side first: layer i maps `widths[i]` to `widths[i + 1]` numbers by
 * `h W + b` with W of shape `[widths[i], widths[i + 1]]`; the activation stands between layers.
 */
export interface ModelCard {
  readonly v: 1;
  readonly kind: TaskKind;
  readonly inputs: ModelInputs;
  readonly widths: readonly number[];
  readonly activation: ActivationName;
  /** Classification: softmax over one output each. Binary: sigmoid of the output is P(second). */
  readonly classes: readonly string[];
  /** Regression: a prediction p means `p × std + mean`; null where targets are as they were. */
  readonly targetScale: PlaneScale | null;
  /** Where it is from, for people. */
  readonly sweep: string;
  readonly trial: number;
}
