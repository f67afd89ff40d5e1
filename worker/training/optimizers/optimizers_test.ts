import * as tf from "@tensorflow/tfjs-core";
import assert from "node:assert/strict";
import type { OptimizerKind } from "../../../core/domain/mlp_parameters.ts";
import { TESTED_BACKENDS } from "../testing.ts";
import { assertClose } from "../testing_problem.ts";
import type { LaneRates } from "./optimizer.ts";
import { optimizerOf } from "./optimizer_of.ts";

const GRADIENTS = [0.5, -2, 0.25, 3, -0.125, 1];
const RATES: LaneRates = { lr: 0.1, momentum: 0.8, weightDecay: 0.05 };

/** One weight after each step, from the papers' formulas in double precision. */
const RULES: Readonly<Record<OptimizerKind, (rates: LaneRates) => number[]>> = {
  sgd: ({ lr, weightDecay }) => {
    let w = 1;
    return GRADIENTS.map((g) => w -= lr * (g + weightDecay * w));
  },
  momentum: ({ lr, momentum, weightDecay }) => {
    let [w, v] = [1, 0];
    return GRADIENTS.map((g) => {
      v = momentum * v + g + weightDecay * w;
      return w -= lr * v;
    });
  },
  adam: ({ lr, momentum, weightDecay }) => {
    let [w, m, v] = [1, 0, 0];
    return GRADIENTS.map((g, t) => {
      m = momentum * m + (1 - momentum) * g;
      v = 0.999 * v + 0.001 * g * g;
      const [mHat, vHat] = [m / (1 - momentum ** (t + 1)), v / (1 - 0.999 ** (t + 1))];
      return w -= lr * mHat / (Math.sqrt(vHat) + 1e-8) + lr * weightDecay * w;
    });
  },
};

/** The same by the optimizer. */
function run(kind: OptimizerKind, rates: LaneRates): number[] {
  const { numbersOf, slots, update } = optimizerOf(kind);
  return tf.tidy(() => {
    let state = {
      parameter: tf.scalar(1) as tf.Tensor,
      slots: slots.map(() => tf.scalar(0) as tf.Tensor),
    };
    return GRADIENTS.map((g, t) => {
      const { lossScale, ...numbers } = numbersOf(rates, t + 1);
      const { stepSize, momentum, decay, rootScale } = numbers;
      const orNull = (value: number, neutral: number): tf.Tensor | null =>
        value === neutral ? null : tf.scalar(value);
      state = update({
        ...state,
        gradient: tf.scalar(g * lossScale),
        numbers: {
          stepSize: orNull(stepSize, 1),
          momentum: orNull(momentum, 0),
          decay: orNull(decay, 0),
          rootScale: orNull(rootScale, 0),
        },
      });
      return state.parameter.dataSync()[0] ?? NaN;
    });
  });
}

for (const kind of ["sgd", "momentum", "adam"] as const) {
  Deno.test(`${kind} steps as its formulas say, with and without decay and momentum`, async () => {
    await (await TESTED_BACKENDS[0]!.load()).activate();
    const before = tf.memory().numTensors;
    for (const rates of [RATES, { ...RATES, weightDecay: 0 }, { ...RATES, momentum: 0 }]) {
      assertClose(run(kind, rates), RULES[kind](rates), 1e-5);
    }
    assert.equal(tf.memory().numTensors, before);
  });
}
