/** How much of a best result is owed to its having been picked as the best of many. */
import type { Goal } from "../objective.ts";
import type { ReplicateValues } from "./paired_comparison.ts";

/** What was reported, and what it is worth on replicates that did not choose it. */
export interface SelectionEffect {
  /** Mean of the configuration that is best over all replicates. */
  readonly reported: number;
  /** Mean over replicates of the value there of whichever was best over the others. */
  readonly unbiased: number;
  /** `reported` − `unbiased`, positive where selection flatters the result. */
  readonly flattery: number;
  /** Configurations to choose from, and replicates that all of them have. */
  readonly configurations: number;
  readonly n: number;
}

/**
 * Leave-one-replicate-out: each replicate in turn judges the configuration that the others chose,
 * so the judge has had no part in the choice (the argument of nested cross-validation: Cawley and
 * Talbot, JMLR 11, 2010, §5). With n replicates it estimates the worth of choosing by n − 1 of them.
 *
 * @returns null with fewer than two configurations or fewer than two replicates common to all.
 */
export function selectionEffect(
  configurations: readonly ReplicateValues[],
  goal: Goal,
): SelectionEffect | null {
  const replicates = commonReplicates(configurations);
  const n = replicates.length;
  if (configurations.length < 2 || n < 2) return null;
  const table = configurations.map((values) =>
    replicates.map((replicate) => values.get(replicate) ?? NaN)
  );
  const sums = table.map((row) => row.reduce((sum, value) => sum + value, 0));
  const reported = (sums[bestOf(sums, goal)] ?? NaN) / n;
  let judged = 0;
  for (const judge of replicates.keys()) {
    const others = sums.map((sum, row) => sum - (table[row]?.[judge] ?? NaN));
    judged += table[bestOf(others, goal)]?.[judge] ?? NaN;
  }
  const unbiased = judged / n;
  const flattery = goal === "maximize" ? reported - unbiased : unbiased - reported;
  return { reported, unbiased, flattery, configurations: configurations.length, n };
}

function commonReplicates(configurations: readonly ReplicateValues[]): readonly number[] {
  const [first, ...others] = configurations;
  if (first === undefined) return [];
  return [...first.keys()]
    .filter((replicate) => others.every((values) => values.has(replicate)))
    .sort((a, b) => a - b);
}

/** The first of the best: which one of equals does not matter on average. */
function bestOf(values: readonly number[], goal: Goal): number {
  const sign = goal === "maximize" ? 1 : -1;
  let best = 0;
  for (const [index, value] of values.entries()) {
    if (sign * value > sign * (values[best] ?? NaN)) best = index;
  }
  return best;
}
