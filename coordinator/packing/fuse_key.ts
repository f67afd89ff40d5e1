/** The fuse key: what must be equal for two trials to train as one network. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseMlpHyperparameters } from "../../core/domain/mlp_parameters.ts";

/**
 * A text that is equal for trials which can share a pack. Learning rate, momentum, weight decay,
 * width and seed stay free: each lane has its own. Dataset, split and precision are the sweep's, so
 * equal anyway.
 */
export function fuseKey(hyperparameters: Hyperparameters): string {
  const { batchSize, depth, epochs, activation, optimizer, gradient, loss } =
    parseMlpHyperparameters(hyperparameters);
  return JSON.stringify([batchSize, depth, epochs, activation, optimizer, gradient, loss]);
}
