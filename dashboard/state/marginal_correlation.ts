/** How strongly one parameter alone goes with the objective. */
import type { MarginalCorrelation, ParameterAxis } from "../client/parameters/parameters_model.ts";
import { gathered, type ParameterColumn, type ShownPoints, valueIn } from "./shown_points.ts";

/**
 * Numbers: Spearman's ρ, the correlation of ranks, ties at their mean rank (Spearman, "The proof and
 * measurement of association between two things", 1904). Other choices: the correlation ratio η, the
 * root of the share of the variance that lies between the choices (Pearson, 1903); it has no sign.
 */
export function marginalCorrelations(
  shown: ShownPoints,
  axes: readonly ParameterAxis[],
): readonly MarginalCorrelation[] {
  const { all, finite } = shown;
  const { means } = all;
  // Most parameters are there in every configuration: the objective is ranked once for them.
  let allRanks: Float64Array | null = null;
  return axes.map(({ name }, index): MarginalCorrelation => {
    const column = all.parameter(index);
    const rows = shown.having(index);
    const n = rows.length;
    if (!isNumeric(column, rows)) {
      const value = correlationRatio(rows, { column, means });
      return { name, kind: "eta", value, n };
    }
    const ofMeans = n === finite.length
      ? allRanks ??= ranks(means, { rows, order: shown.sortedFinite })
      : ranks(means, { rows, order: shown.sorted(means, rows) });
    const { numbers } = column;
    const ofValues = ranks(numbers, { rows, order: shown.sorted(numbers, rows) });
    return { name, kind: "spearman", value: pearson(ofValues, ofMeans), n };
  });
}

function isNumeric({ mixed, numbers }: ParameterColumn, rows: Uint32Array): boolean {
  return mixed === null || rows.every((row) => !Number.isNaN(numbers[row] ?? NaN));
}

/** From 1, in the order of `rows`; equal values share the mean of their ranks. */
function ranks(
  values: Float64Array,
  { rows, order }: { readonly rows: Uint32Array; readonly order: Uint32Array },
): Float64Array {
  const byRow = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    const value = values[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (let at = start; at < end; at++) byRow[order[at] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return gathered(byRow, rows);
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

function correlationRatio(
  rows: Uint32Array,
  { column, means }: { readonly column: ParameterColumn; readonly means: Float64Array },
): number | null {
  const mean = meanOf(gathered(means, rows));
  const groups = new Map<string, { n: number; sum: number }>();
  let total = 0;
  for (const row of rows) {
    const reached = means[row] ?? 0;
    const key = String(valueIn(column, row));
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
  // By places: an iterator would take most of the time.
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum / values.length;
}
