/** Holm's correction for several comparisons (Scandinavian Journal of Statistics 6, 1979). */

/**
 * Adjusted p-values in the order of the given ones: rejecting those at or below α keeps the chance
 * of any false rejection at or below α, whatever the dependence between the tests.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = [...pValues.keys()].sort((a, b) => at(pValues, a) - at(pValues, b));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * at(pValues, index)));
    adjusted[index] = largest;
  }
  return adjusted;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 1;
}
