/** How strongly one parameter alone goes with the objective. */
import type { ParameterValue } from "../../core/domain/hyperparameters.ts";
import { numberOrder } from "../../core/domain/number_order.ts";
import type {
  ConfigurationPoint,
  MarginalCorrelation,
  ParameterAxis,
} from "../client/parameters/parameters_model.ts";
import { isNumber } from "./parameters_axes.ts";

/**
 * Numbers: Spearman's ρ, the correlation of ranks, ties at their mean rank (Spearman, "The proof and
 * measurement of association between two things", 1904). Other choices: the correlation ratio η, the
 * root of the share of the variance that lies between the choices (Pearson, 1903); it has no sign.
 */
export function marginalCorrelations(
  points: readonly ConfigurationPoint[],
  axes: readonly ParameterAxis[],
): readonly MarginalCorrelation[] {
  const finite = points.filter(({ mean }) => mean !== null);
  const all = Float64Array.from(finite, ({ mean }) => mean ?? NaN);
  // Most parameters are there in every configuration: the objective is ranked once for them.
  let allRanks: Float64Array | null = null;
  return axes.map((axis, index): MarginalCorrelation => {
    const numbers = numbersAt(finite, index);
    if (numbers !== null) {
      const value = pearson(ranks(numbers), allRanks ??= ranks(all));
      return { name: axis.name, kind: "spearman", value, n: numbers.length };
    }
    const { values, means } = pairsAt(finite, index);
    const isOrdered = values.every(isNumber);
    return {
      name: axis.name,
      kind: isOrdered ? "spearman" : "eta",
      value: isOrdered
        ? pearson(ranks(Float64Array.from(values)), ranks(means))
        : correlationRatio(values, means),
      n: values.length,
    };
  });
}

/** The values of a parameter; null where one is absent or no number. */
function numbersAt(points: readonly ConfigurationPoint[], index: number): Float64Array | null {
  const numbers = new Float64Array(points.length);
  let place = 0;
  for (const { values } of points) {
    const value = values[index] ?? null;
    if (value === null || !isNumber(value)) return null;
    numbers[place++] = value;
  }
  return numbers;
}

interface Pairs {
  readonly values: readonly ParameterValue[];
  readonly means: Float64Array;
}

/** Where a parameter is set: its values, and what the configurations with them reach. */
function pairsAt(points: readonly ConfigurationPoint[], index: number): Pairs {
  const values: ParameterValue[] = [];
  const means: number[] = [];
  for (const point of points) {
    const value = point.values[index] ?? null;
    if (value === null || point.mean === null) continue;
    values.push(value);
    means.push(point.mean);
  }
  return { values, means: Float64Array.from(means) };
}

/** From 1; equal values share the mean of their ranks. */
function ranks(values: Float64Array): Float64Array {
  const order = numberOrder(values);
  const found = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = values[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (let at = start; at < end; at++) found[order[at] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}

function pearson(a: Float64Array, b: Float64Array): number | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [da, db] = [(a[index] ?? 0) - meanA, (b[index] ?? 0) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

function correlationRatio(values: readonly ParameterValue[], means: Float64Array): number | null {
  const mean = meanOf(means);
  const groups = new Map<string, { n: number; sum: number }>();
  let total = 0;
  for (const [index, value] of values.entries()) {
    const reached = means[index] ?? 0;
    const key = String(value);
    const group = groups.get(key) ?? { n: 0, sum: 0 };
    group.n++;
    group.sum += reached;
    groups.set(key, group);
    total += (reached - mean) ** 2;
  }
  let between = 0;
  for (const { n, sum } of groups.values()) between += n * (sum / n - mean) ** 2;
  return total > 0 && groups.size > 1 ? Math.sqrt(between / total) : null;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
