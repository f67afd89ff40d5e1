/**
 * The kernels of a choice in a Parzen estimator: a probability for each value.
 *
 * Bergstra, Bardenet, Bengio and Kégl (2011), section 4, written down for single
 * kernels (Watanabe, 2023, "Tree-Structured Parzen Estimator"): an observation adds 1 to its value, the prior adds to all.
 */
import type { Rng } from "../../../core/domain/rng.ts";
import type { ChoiceDimension } from "./dimension.ts";

/** The kernels of one choice, the prior first, then one for each value. */
export interface ChoiceKernels {
  /** Row by row the probabilities of the values. */
  readonly probabilities: Float64Array<ArrayBuffer>;
  readonly values: number;
  /** The kernel of each observation. */
  readonly kernelOf: Uint32Array<ArrayBuffer>;
}

/**
 * The kernels of the observations with these values' indices; absent ones (NaN) have the prior's.
 * With C values and n observations, the prior adds C·p/(n + 1) to a value of prior probability p.
 */
export function choiceKernels(
  indices: Float64Array,
  { prior }: ChoiceDimension,
): ChoiceKernels {
  const values = prior.length;
  let n = 0;
  for (const index of indices) if (!Number.isNaN(index)) n++;
  const weight = values / (n + 1);
  const probabilities = new Float64Array((values + 1) * values);
  for (let row = 0; row <= values; row++) {
    for (let value = 0; value < values; value++) {
      const p = prior[value] ?? 0;
      const isObserved = row === value + 1;
      probabilities[row * values + value] = row === 0
        ? p
        : (weight * p + (isObserved ? 1 : 0)) / (weight + 1);
    }
  }
  const kernelOf = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] ?? 0;
    kernelOf[i] = Number.isNaN(index) ? 0 : index + 1;
  }
  return { probabilities, values, kernelOf };
}

/** The logarithm of every kernel's probability of a value, into `out`; −∞ for one that cannot be. */
export function logProbabilitiesOf(
  { probabilities, values }: ChoiceKernels,
  index: number,
  out: Float64Array,
): void {
  for (let row = 0; row <= values; row++) {
    out[row] = Math.log(probabilities[row * values + index] ?? 0);
  }
}

/** The index of a value drawn from one kernel. */
export function drawIndex(
  { probabilities, values }: ChoiceKernels,
  kernel: number,
  rng: Rng,
): number {
  let rest = rng.uniform();
  let last = 0;
  for (let index = 0; index < values; index++) {
    const probability = probabilities[kernel * values + index] ?? 0;
    if (probability === 0) continue;
    if (rest < probability) return index;
    rest -= probability;
    // A rounding may be left over behind the last value that can be.
    last = index;
  }
  return last;
}
