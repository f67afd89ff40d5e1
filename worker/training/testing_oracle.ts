/** The loss of one network in double precision, from its definition, and its central differences. */
import type { Loss } from "../../core/domain/task_kind.ts";
import type { Activation } from "./activation.ts";
import type { HostLayer } from "./layer.ts";

/** One network, examples and what is due of them. */
export interface OracleProblem {
  /** The network's parameters. */
  readonly layers: readonly HostLayer[];
  /** The examples, a row each. */
  readonly x: readonly (readonly number[])[];
  /** What is due of each example's outputs. */
  readonly y: readonly (readonly number[])[];
  /** What stands between the layers. */
  readonly activation: Activation;
  /** What is averaged over the examples. */
  readonly loss: Loss;
}

interface DoubleLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [inputs, outputs] */
  readonly weights: number[];
  readonly bias: number[];
}

const FUNCTIONS: Readonly<Record<Activation, (z: number) => number>> = {
  relu: (z) => Math.max(0, z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
};

/** One example's loss, from the definition; outputs must not be extreme. */
export function exampleLoss(loss: Loss, z: readonly number[], y: readonly number[]): number {
  switch (loss) {
    case "softmax_cross_entropy": {
      const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
      return -z.reduce((sum, value, c) => sum + (y[c] ?? 0) * Math.log(Math.exp(value) / total), 0);
    }
    case "binary_cross_entropy":
      return z.reduce((sum, value, c) => {
        const p = 1 / (1 + Math.exp(-value));
        const due = y[c] ?? 0;
        return sum - due * Math.log(p) - (1 - due) * Math.log(1 - p);
      }, 0);
    case "mean_squared_error":
      return z.reduce((sum, value, c) => sum + (value - (y[c] ?? 0)) ** 2, 0) / z.length;
    default:
      return loss satisfies never;
  }
}

function outputsOf(layers: readonly DoubleLayer[], x: readonly number[], f: (z: number) => number) {
  let a = [...x];
  let nearest = Infinity;
  for (const [index, { outputs, weights, bias }] of layers.entries()) {
    const z = bias.map((b, o) =>
      a.reduce((sum, value, i) => sum + value * (weights[i * outputs + o] ?? 0), b)
    );
    const isLast = index === layers.length - 1;
    if (!isLast) nearest = Math.min(nearest, ...z.map(Math.abs));
    a = isLast ? z : z.map(f);
  }
  return { z: a, nearest };
}

function meanOf(layers: readonly DoubleLayer[], { x, y, activation, loss }: OracleProblem): number {
  const losses = x.map((row, i) =>
    exampleLoss(loss, outputsOf(layers, row, FUNCTIONS[activation]).z, y[i] ?? [])
  );
  return losses.reduce((sum, each) => sum + each, 0) / losses.length;
}

function doubleLayers(layers: readonly HostLayer[]): DoubleLayer[] {
  return layers.map((layer) => ({ ...layer, weights: [...layer.weights], bias: [...layer.bias] }));
}

/** The mean of the examples' losses. */
export function meanLoss(problem: OracleProblem): number {
  return meanOf(doubleLayers(problem.layers), problem);
}

/** How near any hidden unit's sum is to 0, where relu has a kink and no derivative. */
export function nearestToKink({ layers, x, activation }: OracleProblem): number {
  const doubles = doubleLayers(layers);
  return Math.min(...x.map((row) => outputsOf(doubles, row, FUNCTIONS[activation]).nearest));
}

/** All derivatives of the mean loss by central differences: layer by layer, weights before biases. */
export function centralDifferences(problem: OracleProblem): number[] {
  const h = 1e-6;
  const layers = doubleLayers(problem.layers);
  return layers.flatMap(({ weights, bias }) => [weights, bias]).flatMap((slot) =>
    slot.map((value, i) => {
      slot[i] = value + h;
      const above = meanOf(layers, problem);
      slot[i] = value - h;
      const below = meanOf(layers, problem);
      slot[i] = value;
      return (above - below) / (2 * h);
    })
  );
}
