/**
 * A Parzen estimator of configurations: a mixture with one component for each observation and one
 * for the prior. Within a component the parameters are independent; the mixture is not (Falkner,
 * Klein and Hutter, 2018, "BOHB", take one density over all parameters likewise).
 *
 * Conditional spaces are one tree, not a family of spaces: an observation without a parameter says
 * nothing about it, so its component has the prior there. A configuration's density is the product
 * over the parameters that it has. As those follow from the ones before, that is a density over the
 * whole tree, and what is known of the shared parameters is not cut up by branch.
 */
import type { Hyperparameters, ParameterValue } from "../../../core/domain/hyperparameters.ts";
import type { Rng } from "../../../core/domain/rng.ts";
import { isActive } from "../../../core/domain/search_space.ts";
import { valueAt } from "../../../core/domain/space_codec.ts";
import {
  type ChoiceKernels,
  choiceKernels,
  drawIndex,
  logProbabilitiesOf,
} from "./choice_kernels.ts";
import {
  ABSENT,
  type ChoiceDimension,
  coordinateOf,
  type Dimension,
  type NumberDimension,
} from "./dimension.ts";
import {
  drawPlace,
  logDensitiesAt,
  logMassesOf,
  type NumberKernels,
  numberKernels,
} from "./number_kernels.ts";

/** Observations: a column of coordinates for each dimension, and how much each row counts. */
export interface WeightedRows {
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** A density over the configurations of a space. */
export interface Mixture {
  /** A configuration of the space; constraints are not looked at. */
  readonly draw: (rng: Rng) => Hyperparameters;
  /** The logarithm of the density, or of the probability where values are discrete. */
  readonly logDensity: (hyperparameters: Hyperparameters) => number;
}

/** What a component of the mixture has in one dimension. */
interface Column {
  readonly dimension: Dimension;
  /** The kernel of each component: different ones are few where values repeat. */
  readonly kernelOf: Uint32Array;
  readonly logDensities: (value: ParameterValue, out: Float64Array) => void;
  readonly draw: (kernel: number, rng: Rng) => ParameterValue;
}

/** The mixture of these observations and the prior, which counts as much as a recent one. */
export function createMixture(dimensions: readonly Dimension[], rows: WeightedRows): Mixture {
  // The prior is the last component: in no dimension was anything observed.
  const size = rows.weights.length + 1;
  const columns = dimensions.map((dimension, d) => {
    const places = new Float64Array(size).fill(ABSENT);
    places.set(rows.columns[d] ?? []);
    return columnOf(dimension, places);
  });
  const cumulative = new Float64Array(size);
  let total = 0;
  for (let k = 0; k < size; k++) cumulative[k] = total += rows.weights[k] ?? 1;
  const logWeights = new Float64Array(size);
  for (let k = 0; k < size; k++) logWeights[k] = Math.log((rows.weights[k] ?? 1) / total);
  const sums = new Float64Array(size);
  const kernels = new Float64Array(size + 1 + Math.max(0, ...columns.map(kernelCount)));
  return {
    draw(rng) {
      const mark = rng.uniform() * total;
      const component = Math.min(size - 1, cumulative.findIndex((sum) => mark < sum));
      return drawFrom(columns, component < 0 ? size - 1 : component, rng);
    },
    logDensity(hyperparameters) {
      sums.set(logWeights);
      for (const { dimension, kernelOf, logDensities } of columns) {
        const value = ownValue(hyperparameters, dimension.parameter.name);
        if (value === undefined || dimension.kind === "fixed") continue;
        logDensities(value, kernels);
        for (let k = 0; k < size; k++) {
          sums[k] = (sums[k] ?? 0) + (kernels[kernelOf[k] ?? 0] ?? 0);
        }
      }
      return logSumOfExponentials(sums);
    },
  };
}

function kernelCount({ dimension }: Column): number {
  return dimension.kind === "choice" ? dimension.values.length : 0;
}

function columnOf(dimension: Dimension, places: Float64Array): Column {
  switch (dimension.kind) {
    case "fixed":
      return {
        dimension,
        kernelOf: new Uint32Array(places.length),
        logDensities: (_, out) => out.fill(0),
        draw: () => dimension.value,
      };
    case "choice":
      return choiceColumn(dimension, choiceKernels(places, dimension));
    case "number":
      return numberColumn(dimension, numberKernels(places));
    default:
      return dimension satisfies never;
  }
}

function choiceColumn(dimension: ChoiceDimension, kernels: ChoiceKernels): Column {
  return {
    dimension,
    kernelOf: kernels.kernelOf,
    logDensities: (value, out) => logProbabilitiesOf(kernels, coordinateOf(dimension, value), out),
    draw: (kernel, rng) => dimension.values[drawIndex(kernels, kernel, rng)] ?? 0,
  };
}

function numberColumn(dimension: NumberDimension, kernels: NumberKernels): Column {
  const { cellOf, parameter: { domain } } = dimension;
  return {
    dimension,
    kernelOf: kernels.kernelOf,
    logDensities: cellOf === null
      ? (value, out) => logDensitiesAt(kernels, coordinateOf(dimension, value), out)
      : (value, out) => logMassesOf(kernels, cellOf(value), out),
    draw: (kernel, rng) => valueAt(domain, drawPlace(kernels, kernel, rng)),
  };
}

function drawFrom(columns: readonly Column[], component: number, rng: Rng): Hyperparameters {
  const drawn: Record<string, ParameterValue> = {};
  for (const { dimension: { parameter }, kernelOf, draw } of columns) {
    if (isActive(parameter, drawn)) drawn[parameter.name] = draw(kernelOf[component] ?? 0, rng);
  }
  return drawn;
}

function ownValue(hyperparameters: Hyperparameters, name: string): ParameterValue | undefined {
  return Object.hasOwn(hyperparameters, name) ? hyperparameters[name] : undefined;
}

function logSumOfExponentials(terms: Float64Array): number {
  let largest = -Infinity;
  for (const term of terms) if (term > largest) largest = term;
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return largest + Math.log(sum);
}
