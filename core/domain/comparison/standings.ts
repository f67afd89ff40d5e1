/** Which configurations can be told from the best one, and whether there is a winner at all. */
import type { ConfigurationId } from "../ids.ts";
import type { Goal } from "../objective.ts";
import { holm } from "./holm.ts";
import { comparePaired, type PairedComparison, type ReplicateValues } from "./paired_comparison.ts";
import { morePairsAt } from "./replicates_needed.ts";

/** A configuration and its finite results; one that diverged anywhere is not among them. */
export interface Contender {
  readonly configuration: ConfigurationId;
  readonly values: ReplicateValues;
}

/** A contender beside the one with the best mean. */
export interface Standing {
  readonly configuration: ConfigurationId;
  readonly mean: number;
  /** The best one minus this one over common replicates; null for itself, or without two pairs. */
  readonly comparison: PairedComparison | null;
  /** Holm's adjusted p over all comparisons with the best; null like `comparison`. */
  readonly adjustedP: number | null;
  /** Whether it cannot be told from the best at the 5 % level; the best is tied with itself. */
  readonly isTied: boolean;
  /** Replicates beyond those at hand that would tell it from the best; null if it is told, or never. */
  readonly moreReplicates: number | null;
}

/** All contenders, best mean first. */
export interface Standings {
  readonly standings: readonly Standing[];
  /** The configuration that is told from every other; null while at least one is tied with it. */
  readonly winner: ConfigurationId | null;
}

/** The chance of calling some other configuration worse than the best when none is. */
export const FAMILY_LEVEL = 0.05;

/**
 * Compares the configuration with the best mean with each other one, by pairs over common
 * replicates, corrected for their number. A winner is declared only if all of them are told from it.
 */
export function standingsOf(contenders: readonly Contender[], goal: Goal): Standings {
  const sign = goal === "maximize" ? 1 : -1;
  const ordered = contenders
    .filter(({ values }) => values.size > 0)
    .map((contender) => ({ ...contender, mean: meanOf(contender.values) }))
    .sort((a, b) => sign * (b.mean - a.mean) || a.configuration - b.configuration);
  const [best, ...others] = ordered;
  if (best === undefined) return { standings: [], winner: null };
  const comparisons = others.map(({ values }) =>
    comparePaired(best.values, values, { comparisons: others.length })
  );
  // At the level that Bonferroni's correction leaves for each: Holm's first step, so a safe guess.
  const morePairs = morePairsAt(FAMILY_LEVEL / others.length);
  // A pair that cannot be compared counts as one that shows nothing.
  const adjusted = holm(comparisons.map((comparison) => comparison?.p ?? 1));
  const standings: Standing[] = others.map(({ configuration, mean }, index) => {
    const comparison = comparisons[index] ?? null;
    const adjustedP = comparison === null ? null : adjusted[index] ?? 1;
    const isTied = adjustedP === null || adjustedP > FAMILY_LEVEL;
    return {
      configuration,
      mean,
      comparison,
      adjustedP,
      isTied,
      moreReplicates: isTied && comparison !== null ? morePairs(comparison) : null,
    };
  });
  const isAlone = others.length > 0 && standings.every(({ isTied }) => !isTied);
  const first = {
    configuration: best.configuration,
    mean: best.mean,
    comparison: null,
    adjustedP: null,
    isTied: true,
    moreReplicates: null,
  };
  return { standings: [first, ...standings], winner: isAlone ? best.configuration : null };
}

/** The mean of all results. */
export function meanOf(values: ReplicateValues): number {
  let sum = 0;
  for (const value of values.values()) sum += value;
  return sum / values.size;
}
