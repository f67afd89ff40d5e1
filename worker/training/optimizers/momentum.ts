/** Gradient descent with momentum: v ← μ v + (g + λ w), w ← w − lr v (Polyak, 1964). */
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer } from "./optimizer.ts";
import { descend, penalised } from "./sgd.ts";

/** Keeps a part μ of the last direction. */
export const momentum: Optimizer = {
  slots: ["velocity"],
  numbersOf: ({ lr, momentum, weightDecay }) => ({
    stepSize: lr,
    momentum,
    decay: weightDecay,
    rootScale: 0,
  }),
  update: (step) => {
    const { parameter, slots: [velocity], numbers } = step;
    const gradient = penalised(step);
    const isFirst = velocity === undefined || numbers.momentum === null;
    const direction = isFirst
      ? tf.clone(gradient)
      : tf.add(tf.mul(velocity, numbers.momentum ?? 0), gradient);
    return { parameter: descend(parameter, { direction, numbers }), slots: [direction] };
  },
};
