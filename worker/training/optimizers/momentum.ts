/** Gradient descent with momentum: v ← μ v + (g + λ w), w ← w − lr v (Polyak, 1964). */
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer, TensorStep } from "./optimizer.ts";

/** Keeps a part μ of the last direction. */
export const momentum: Optimizer = {
  slots: ["velocity"],
  numbersOf: ({ lr, momentum, weightDecay }) => ({
    lossScale: 1,
    stepSize: lr,
    momentum,
    decay: weightDecay,
    rootScale: 0,
  }),
  update: (step) => {
    const { parameter, slots: [velocity], numbers: { stepSize, momentum } } = step;
    const gradient = penalised(step);
    const direction = velocity === undefined || momentum === null
      ? tf.clone(gradient)
      : tf.add(tf.mul(velocity, momentum), gradient);
    const move = stepSize === null ? direction : tf.mul(direction, stepSize);
    return { parameter: tf.sub(parameter, move), slots: [direction] };
  },
};

/** g + λ w: the derivative of the loss with λ/2 · w² added to it. */
function penalised({ parameter, gradient, numbers: { decay } }: TensorStep): tf.Tensor {
  return decay === null ? gradient : tf.add(gradient, tf.mul(parameter, decay));
}
