/** The lab's network as any user of TensorFlow.js writes it: the "one by one" that packs replace. */
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "../worker/training/operation_gradients.ts";
import { median } from "./measurement.ts";
import type { Shape } from "./training_problem.ts";

/** Milliseconds of a step of `tf.train.sgd(…).minimize(…)`, with a minibatch uploaded each time. */
export async function plainStepMs(shape: Shape, steps: number): Promise<number> {
  registerGradients();
  const { batchSize, features, hiddenWidth, classes } = shape;
  const parameters = [
    tf.variable(tf.randomNormal([features, hiddenWidth], 0, 0.02)),
    tf.variable(tf.zeros([hiddenWidth])),
    tf.variable(tf.randomNormal([hiddenWidth, classes], 0, 0.3)),
    tf.variable(tf.zeros([classes])),
  ] as const;
  const [w1, b1, w2, b2] = parameters;
  const images = Float32Array.from({ length: batchSize * features }, () => Math.random());
  const labels = Float32Array.from({ length: batchSize * classes }, (_, i) => +(i % classes === 0));
  const optimizer = tf.train.sgd(0.005);
  const times: number[] = [];
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    const x = tf.tensor2d(images, [batchSize, features]);
    const y = tf.tensor2d(labels, [batchSize, classes]);
    const loss = optimizer.minimize(() =>
      tf.tidy(() => {
        const hidden = tf.relu(tf.add(tf.matMul(x, w1), b1));
        const logits = tf.add(tf.matMul(hidden, w2), b2);
        const logP = tf.logSoftmax(logits);
        const loss: tf.Scalar = tf.neg(tf.div(tf.sum(tf.mul(y, logP)), batchSize));
        return loss;
      }), true);
    await loss?.data();
    tf.dispose([x, y, ...(loss === null ? [] : [loss])]);
    times.push(performance.now() - started);
  }
  tf.dispose([...parameters]);
  optimizer.dispose();
  return median(times);
}
