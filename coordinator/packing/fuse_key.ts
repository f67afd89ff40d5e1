/** The fuse key: what must be equal for two trials to train as one network. */
import type { Hyperparameters } from "../../core/domain/hyperparameters.ts";
import { parseMlpHyperparameters } from "../../core/domain/mlp_parameters.ts";
import type { SweepSpec } from "../../core/domain/sweep_spec.ts";

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

/** The fuse key of a trial of a sweep; a module's trials have one in common, and a lane in a pack. */
export function fuseKeyIn({ task }: SweepSpec, hyperparameters: Hyperparameters): string {
  return task.dataset === "module" ? "module" : fuseKey(hyperparameters);
}
