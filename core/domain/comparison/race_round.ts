/** Which configurations a round of a race tells from its best one. */
import type { ConfigurationId } from "../ids.ts";
import type { Goal } from "../objective.ts";
import { comparePaired } from "./paired_comparison.ts";
import { type Contender, FAMILY_LEVEL, meanOf } from "./standings.ts";

/** Where a race stands when a round of it is complete. */
export interface RaceRound {
  readonly goal: Goal;
  /** From 1. */
  readonly round: number;
  /** Told to be worse before: they are in no comparison any more. */
  readonly dropped: ReadonlySet<ConfigurationId>;
}

/**
 * The share of the error that a round may spend: r / 2^(r+1), that is 1/4, 1/4, 3/16, 1/8, 5/64, …
 * All of them add up to 1, however many rounds there are, so an extension needs no new account.
 */
export function errorShare(round: number): number {
  return round / 2 ** (round + 1);
}

/**
 * The configurations that are told to be worse than the one with the best mean, by the paired
 * comparison over common replicates at 5 % × {@link errorShare} ÷ the number of comparisons, which
 * are fewer when fewer are left (as in Holm's correction).
 *
 * So of two that are equally good neither is ever told to be worse than the other, with a chance of
 * at least 95 %: in no round is their test's level above that round's share, and the shares add up.
 * With more that are equally good a winner must be told from each of them, which is rarer still.
 *
 * Races go back to Maron and Moore (Hoeffding races, NIPS 6, 1994) and Birattari et al. (F-Race,
 * GECCO 2002). Unlike theirs, this one compares by pairs over seeds, without known bounds on
 * results, decides only at rounds that double, and keeps the error over all rounds together.
 */
export function toldWorse(
  contenders: readonly Contender[],
  { goal, round, dropped }: RaceRound,
): readonly ConfigurationId[] {
  const sign = goal === "maximize" ? 1 : -1;
  const [best, ...others] = contenders
    .filter(({ configuration, values }) => !dropped.has(configuration) && values.size > 0)
    .map((contender) => ({ ...contender, mean: meanOf(contender.values) }))
    .sort((a, b) => sign * (b.mean - a.mean) || a.configuration - b.configuration);
  if (best === undefined) return [];
  const comparisons = others.length / errorShare(round);
  return others
    .filter(({ values }) => {
      const comparison = comparePaired(best.values, values, { comparisons });
      if (comparison === null || sign * comparison.meanDifference <= 0) return false;
      return comparison.p <= FAMILY_LEVEL / comparisons;
    })
    .map(({ configuration }) => configuration);
}
