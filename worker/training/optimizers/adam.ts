/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019):
 *
 *     m ← β₁ m + (1 − β₁) g         v ← β₂ v + (1 − β₂) g²
 *     w ← w − lr · m̂ / (√v̂ + ε) − lr · λ w      m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer } from "./optimizer.ts";

const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adapts the step of each parameter; β₁ is the lane's momentum. */
export const adam: Optimizer = {
  slots: ["first_moment", "second_moment"],
  numbersOf: ({ lr, momentum: beta1, weightDecay }, step) => ({
    lossScale: 1,
    stepSize: lr / (1 - beta1 ** step), // lr m̂ = stepSize · m
    momentum: beta1,
    decay: lr * weightDecay,
    rootScale: 1 / Math.sqrt(1 - BETA2 ** step), // √v̂ = rootScale · √v
  }),
  update: ({ parameter, gradient, slots: [oldM, oldV], numbers }) => {
    const { stepSize, momentum: beta1, decay, rootScale } = numbers;
    // m ← g + β₁ (m − g), which is the same as above with one multiplication less.
    const m = oldM === undefined || beta1 === null
      ? tf.clone(gradient)
      : tf.add(gradient, tf.mul(tf.sub(oldM, gradient), beta1));
    const fresh = tf.mul(tf.mul(gradient, gradient), 1 - BETA2);
    const v = oldV === undefined ? fresh : tf.add(tf.mul(oldV, BETA2), fresh);
    const root = tf.add(tf.mul(tf.sqrt(v), rootScale ?? 1), EPSILON);
    const move = tf.div(stepSize === null ? m : tf.mul(m, stepSize), root);
    const moved = tf.sub(parameter, move);
    return {
      parameter: decay === null ? moved : tf.sub(moved, tf.mul(parameter, decay)),
      slots: [m, v],
    };
  },
};
