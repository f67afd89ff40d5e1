/** One trial in training: its layers on the device and its tally of the epoch. */
import * as tf from "@tensorflow/tfjs-core";
import type { Epoch } from "../../core/domain/units.ts";
import type { Activation } from "./activation.ts";
import {
  disposeLayers,
  downloadLayers,
  type HostLayer,
  type Layer,
  uploadLayers,
} from "./layer.ts";
import { descend, differentiate, type Minibatch } from "./mlp.ts";
import type { LaneCheckpoint, LaneSpec } from "./pack.ts";

/** What a lane's forward passes of an epoch added up to. */
export interface TrainTally {
  /** The sum of the examples' cross-entropies. */
  readonly lossSum: number;
  /** How many examples were classified rightly. */
  readonly correct: number;
}

/** What is replaced at each step. */
type State = {
  readonly layers: Layer[];
  readonly lossSum: tf.Scalar;
  readonly correct: tf.Scalar;
};

/** Owns the tensors of one lane. */
export class Lane implements Disposable {
  /** What was asked of the lane. */
  readonly spec: LaneSpec;
  #state: State;
  #step: number;

  /** Copies the layers to the active backend. */
  constructor(spec: LaneSpec, layers: readonly HostLayer[]) {
    this.spec = spec;
    this.#step = spec.resume?.step ?? 0;
    this.#state = {
      layers: uploadLayers(layers),
      lossSum: tf.scalar(0),
      correct: tf.scalar(0),
    };
  }

  /** The lane's network, for forward passes. */
  get layers(): readonly Layer[] {
    return this.#state.layers;
  }

  /** One step of stochastic gradient descent. */
  train(minibatch: Minibatch, activation: Activation): void {
    const { layers, lossSum, correct } = this.#state;
    this.#replace(tf.tidy((): State => {
      const found = differentiate(layers, minibatch, activation);
      return {
        layers: descend(layers, found.gradients, this.spec.lr),
        // Added up on the device: reading a number back at each step would stall a GPU.
        lossSum: tf.add(lossSum, found.lossSum),
        correct: tf.add(correct, found.correct),
      };
    }));
    this.#step++;
  }

  /** The sums since the last call, which begin at 0 again. */
  async takeTally(): Promise<TrainTally> {
    const { layers, lossSum, correct } = this.#state;
    const [loss = NaN] = await lossSum.data();
    const [right = NaN] = await correct.data();
    this.#state = { layers, lossSum: tf.scalar(0), correct: tf.scalar(0) };
    tf.dispose([lossSum, correct]);
    return { lossSum: loss, correct: right };
  }

  /** A copy of what going on from here needs. */
  async checkpoint(epoch: Epoch): Promise<LaneCheckpoint> {
    const layers = await downloadLayers(this.#state.layers);
    return { trial: this.spec.trial, epoch, step: this.#step, layers };
  }

  /** Frees the tensors. */
  [Symbol.dispose](): void {
    disposeState(this.#state);
  }

  #replace(next: State): void {
    disposeState(this.#state);
    this.#state = next;
  }
}

function disposeState({ layers, lossSum, correct }: State): void {
  disposeLayers(layers);
  tf.dispose([lossSum, correct]);
}
