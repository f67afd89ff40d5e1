/** Stochastic gradient descent: w ← w − lr (g + λ w), with the weight decay λ as an L2 penalty. */
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer } from "./optimizer.ts";

/**
 * Plain gradient descent, which remembers nothing. It is linear in the gradient, so the learning
 * rate is put on the loss: w ← w − g′ − lr λ w, with g′ = lr g.
 */
export const sgd: Optimizer = {
  slots: [],
  numbersOf: ({ lr, weightDecay }) => ({
    lossScale: lr,
    stepSize: 1,
    momentum: 0,
    decay: lr * weightDecay,
    rootScale: 0,
  }),
  update: ({ parameter, gradient, numbers: { stepSize, decay } }) => {
    const move = stepSize === null ? gradient : tf.mul(gradient, stepSize);
    const moved = tf.sub(parameter, move);
    const isDecayed = decay !== null;
    return {
      parameter: isDecayed ? tf.sub(moved, tf.mul(parameter, decay)) : moved,
      slots: [],
    };
  },
};
