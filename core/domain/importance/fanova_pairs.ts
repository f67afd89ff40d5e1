/** What two parameters explain together and neither alone: fANOVA's interactions of pairs. */
import { unitReader } from "./axis.ts";
import { forestData, forestVariances } from "./forest.ts";
import type { ImportanceInput } from "./importance.ts";
import { tabulate } from "./point_table.ts";

/** How interactions are asked for. */
export interface FanovaPairsOptions {
  readonly trees?: number;
  readonly seed?: number;
}

/** All pairs of parameters. */
export interface PairImportance {
  readonly estimator: "fanova";
  readonly n: number;
  readonly diverged: number;
  /** Strongest first; equal ones in the order of the space. */
  readonly pairs: readonly PairShare[];
  readonly notes: readonly string[];
}

/** One pair's part. */
export interface PairShare {
  /** In the order of the space. */
  readonly names: readonly [string, string];
  /** Of the forest's whole variance, in [0, 1]: the second-order Sobol index of its function. */
  readonly fraction: number;
}

/** The interaction of every pair of parameters, in the same forest as that of `fanova`. */
export function fanovaPairs(
  input: ImportanceInput,
  { trees = 64, seed = 0 }: FanovaPairsOptions = {},
): PairImportance {
  const table = tabulate(input, unitReader);
  const forest = forestData(table);
  const varied = forest.columns.flatMap((_, a) =>
    forest.columns.slice(a + 1).map((_, after) => ({ axes: [a, a + 1 + after] as const }))
  );
  const sums = new Float64Array(varied.length);
  for (
    const { total, ofPair } of forestVariances(forest, {
      trees,
      name: [seed, "importance", "fanova"],
    })
  ) {
    if (total === 0) continue;
    varied.forEach(({ axes: [a, b] }, place) =>
      sums[place] = (sums[place] ?? 0) + ofPair(a, b) / total
    );
  }
  const fractions = new Map(
    varied.map(({ axes: [a, b] }, place) => [
      `${forest.columns[a]} ${forest.columns[b]}`,
      (sums[place] ?? 0) / trees,
    ]),
  );
  const pairs = table.columns.flatMap(({ name }, a) =>
    table.columns.slice(a + 1).map(({ name: other }, after): PairShare => ({
      names: [name, other],
      fraction: fractions.get(`${a} ${a + 1 + after}`) ?? 0,
    }))
  ).sort((one, other) => other.fraction - one.fraction);
  const { size: n, diverged, notes } = table;
  return { estimator: "fanova", n, diverged, pairs, notes };
}
