/** Stochastic gradient descent: w ← w − lr (g + λ w), with the weight decay λ as an L2 penalty. */
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer, TensorStep } from "./optimizer.ts";

/** Plain gradient descent, which remembers nothing. */
export const sgd: Optimizer = {
  slots: [],
  numbersOf: ({ lr, weightDecay }) => ({
    stepSize: lr,
    momentum: 0,
    decay: weightDecay,
    rootScale: 0,
  }),
  update: (step) => ({
    parameter: descend(step.parameter, { direction: penalised(step), numbers: step.numbers }),
    slots: [],
  }),
};

/** g + λ w: the derivative of the loss with λ/2 · w² added to it. */
export function penalised({ parameter, gradient, numbers: { decay } }: TensorStep): tf.Tensor {
  return decay === null ? gradient : tf.add(gradient, tf.mul(parameter, decay));
}

/** w − lr · direction. */
export function descend(
  parameter: tf.Tensor,
  { direction, numbers: { stepSize } }: {
    readonly direction: tf.Tensor;
    readonly numbers: TensorStep["numbers"];
  },
): tf.Tensor {
  return stepSize === null ? tf.clone(parameter) : tf.sub(parameter, tf.mul(direction, stepSize));
}
