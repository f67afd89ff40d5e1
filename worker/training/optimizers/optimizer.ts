/** What every update rule is: numbers of a lane for a step, and the step of one tensor. */
import type * as tf from "@tensorflow/tfjs-core";

/** What an optimizer remembers of a parameter between steps. */
export type SlotName = "velocity" | "first_moment" | "second_moment";

/** What a lane may choose for itself. */
export interface LaneRates {
  /** The learning rate. */
  readonly lr: number;
  /** How much of the last direction is kept; sgd has no use for it. */
  readonly momentum: number;
  /** The pull of the parameters towards 0. */
  readonly weightDecay: number;
}

/** A lane's numbers for one step. */
export interface StepNumbers {
  /**
   * What the lane's loss is multiplied by before it is differentiated: a factor of every gradient
   * costs least where there are fewest numbers.
   */
  readonly lossScale: number;
  /** What the direction is multiplied by. */
  readonly stepSize: number;
  /** How much of the last direction is kept. */
  readonly momentum: number;
  /** What the parameter is multiplied by to make its decay. */
  readonly decay: number;
  /** What the root of the second moment is multiplied by. */
  readonly rootScale: number;
}

/**
 * The lanes' numbers, each in a shape that goes with the parameter. Null stands for what needs no
 * operation: a step size of 1, any other number of 0, for every lane.
 */
export type StepTensors = Readonly<
  Record<Exclude<keyof StepNumbers, "lossScale">, tf.Tensor | null>
>;

/** One tensor of the network before a step. */
export interface TensorStep {
  /** What is to be changed. */
  readonly parameter: tf.Tensor;
  /** The derivative of the scaled loss by it. */
  readonly gradient: tf.Tensor;
  /** What is remembered of it, in the order of `Optimizer.slots`. */
  readonly slots: readonly tf.Tensor[];
  /** The lanes' numbers. */
  readonly numbers: StepTensors;
}

/** One tensor of the network after a step: new tensors, the old ones are left as they were. */
export type UpdatedTensor = {
  /** What it is now. */
  readonly parameter: tf.Tensor;
  /** What is remembered of it, in the order of `Optimizer.slots`. */
  readonly slots: tf.Tensor[];
};

/** An update rule. */
export interface Optimizer {
  /** What it remembers of each parameter; all begin at 0. */
  readonly slots: readonly SlotName[];
  /** A lane's numbers for its step number `step`, counted from 1. */
  readonly numbersOf: (rates: LaneRates, step: number) => StepNumbers;
  /** The step of one tensor; to be called inside `tf.tidy`. */
  readonly update: (step: TensorStep) => UpdatedTensor;
}
