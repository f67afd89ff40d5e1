/** Whether a backend computes what the plain one does: a few training steps of a small network. */
import * as tf from "@tensorflow/tfjs-core";
import { createRng } from "../../core/domain/rng.ts";
import { initialLayers } from "../training/initial_layers.ts";
import { disposeLayers, downloadLayers, uploadLayers } from "../training/layer.ts";
import { descend, differentiate } from "../training/mlp.ts";
import { type Backend, BackendError, type BackendLoader } from "./backend.ts";

/** Of wider shapes than SIMD registers and not multiples of them: remainders go wrong first. */
const SHAPE = { inputs: 37, hiddenWidth: 19, depth: 2, classes: 5, batch: 23 };
const STEPS = 3;
const TOLERANCE = 1e-4;

/**
 * Trains the same network on both backends and leaves the tested one active.
 * @throws {BackendError} If a weight differs by more than 10^-4 relative to max(1, its size).
 */
export async function probeBackend(backend: Backend, oracle: BackendLoader): Promise<void> {
  if (backend.name === oracle.name) return;
  const expected = await trainOn(await oracle.load());
  const found = await trainOn(backend);
  for (const [i, value] of found.entries()) {
    const due = expected[i] ?? NaN;
    if (!(Math.abs(value - due) <= TOLERANCE * Math.max(1, Math.abs(due)))) {
      throw new BackendError(
        `Cannot use backend "${backend.name}": after ${STEPS} training steps weight ${i} is ` +
          `${value}; it must be ${due}`,
      );
    }
  }
}

/** All weights after the steps. */
async function trainOn(backend: Backend): Promise<readonly number[]> {
  await backend.activate();
  const { inputs, batch, classes } = SHAPE;
  const rng = createRng(0, "self-test");
  const examples = Float32Array.from({ length: batch * inputs }, () => rng.normal());
  const oneHot = new Float32Array(batch * classes);
  for (let row = 0; row < batch; row++) oneHot[row * classes + rng.below(classes)] = 1;
  let layers = uploadLayers(initialLayers({ ...SHAPE, seed: 0, replicate: 0 }));
  for (let step = 0; step < STEPS; step++) {
    const next = tf.tidy(() => {
      const x = tf.tensor2d(examples, [batch, inputs]);
      const y = tf.tensor2d(oneHot, [batch, classes]);
      const minibatch = { x, xT: tf.transpose(x), y };
      const { gradients } = differentiate(layers, minibatch, "relu");
      return descend(layers, gradients, 0.5);
    });
    disposeLayers(layers);
    layers = next;
  }
  const weights = await downloadLayers(layers);
  disposeLayers(layers);
  return weights.flatMap((layer) => [...layer.weights, ...layer.bias]);
}
