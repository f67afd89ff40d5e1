/** Suggestions for misspelt names. */

/**
 * The name nearest to what was typed, or null if none is near enough to be meant.
 *
 * The distance is that of optimal string alignment: insertions, deletions, substitutions and swaps
 * of neighbours (Damerau, 1964).
 *
 * @example
 * ```ts
 * import { nearestName } from "./nearest_name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(nearestName("bacth_size", ["lr", "batch_size"]), "batch_size");
 * assert.equal(nearestName("dropout", ["lr", "batch_size"]), null);
 * ```
 */
export function nearestName(typed: string, names: readonly string[]): string | null {
  if (typed.length > 64) return null;
  const [best] = names
    .map((name) => ({ name, distance: distance(fold(typed), fold(name)) }))
    .sort((a, b) => a.distance - b.distance);
  if (best === undefined) return null;
  const limit = Math.max(1, Math.floor(Math.max(typed.length, best.name.length) / 3));
  return best.distance <= limit ? best.name : null;
}

/** `; did you mean "lr"?` or nothing. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const name = nearestName(typed, names);
  return name === null ? "" : `; did you mean "${name}"?`;
}

/** Case and separators are no spelling mistakes: `batchSize` is `batch_size`. */
function fold(name: string): string {
  return name.replaceAll(/[-_\s]/g, "").toLowerCase();
}

function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] &&
        a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
