/** How a network begins: every weight and bias uniform in ±1/√fan-in, from a named generator. */
import { createRng } from "../../core/domain/rng.ts";
import type { HostLayer } from "./layer.ts";

/** The network's shape and the names of its randomness. */
export interface InitialLayersOptions {
  /** The sweep's seed. */
  readonly seed: number;
  /** Trials of equal replicate begin with equal draws, so their differences are their own. */
  readonly replicate: number;
  /** Features of an example. */
  readonly inputs: number;
  /** Units in each hidden layer. */
  readonly hiddenWidth: number;
  /** The number of hidden layers, at least 1. */
  readonly depth: number;
  /** Outputs of the last layer. */
  readonly classes: number;
}

/**
 * The `depth + 1` layers of a network before its first step.
 * @throws {RangeError} If the depth or a width is not an integer >= 1.
 */
export function initialLayers(options: InitialLayersOptions): HostLayer[] {
  const { seed, replicate, inputs, hiddenWidth, depth, classes } = options;
  for (const [what, value] of Object.entries({ inputs, hiddenWidth, depth, classes })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(
        `Cannot build a network of ${what} ${value}: it must be an integer >= 1`,
      );
    }
  }
  return Array.from({ length: depth + 1 }, (_, layer) => {
    const fanIn = layer === 0 ? inputs : hiddenWidth;
    const outputs = layer === depth ? classes : hiddenWidth;
    const rng = createRng(seed, "init", replicate, layer);
    const bound = 1 / Math.sqrt(fanIn);
    const draw = (): number => (2 * rng.uniform() - 1) * bound;
    return {
      inputs: fanIn,
      outputs,
      weights: Float32Array.from({ length: fanIn * outputs }, draw),
      bias: Float32Array.from({ length: outputs }, draw),
    };
  });
}
