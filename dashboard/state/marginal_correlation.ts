/** How strongly one parameter alone goes with the objective. */
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
  return axes.map((axis, index): MarginalCorrelation => {
    const pairs = points.flatMap(({ values, mean }) => {
      const value = values[index] ?? null;
      return value === null || mean === null ? [] : [{ value, mean }];
    });
    const means = pairs.map(({ mean }) => mean);
    const numbers = pairs.map(({ value }) => value).filter(isNumber);
    const isOrdered = numbers.length === pairs.length;
    return {
      name: axis.name,
      kind: isOrdered ? "spearman" : "eta",
      value: isOrdered
        ? pearson(ranks(numbers), ranks(means))
        : correlationRatio(pairs.map(({ value }) => String(value)), means),
      n: pairs.length,
    };
  });
}

/** From 1; equal values share the mean of their ranks. */
function ranks(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const found = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && order[end]?.value === order[start]?.value) end++;
    for (const { index } of order.slice(start, end)) found[index] = (start + 1 + end) / 2;
    start = end;
  }
  return found;
}

function pearson(a: readonly number[], b: readonly number[]): number | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [da, db] = [value - meanA, (b[index] ?? 0) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

function correlationRatio(groups: readonly string[], values: readonly number[]): number | null {
  const mean = meanOf(values);
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const members = Map.groupBy(values.keys(), (index) => groups[index]);
  let between = 0;
  for (const indices of members.values()) {
    between += indices.length * (meanOf(indices.map((index) => values[index] ?? 0)) - mean) ** 2;
  }
  return total > 0 && members.size > 1 ? Math.sqrt(between / total) : null;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
