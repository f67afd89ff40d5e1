/** What each varied parameter does to the objective, the others equal. */
import { holm } from "../../domain/comparison/holm.ts";
import {
  comparePaired,
  type PairedComparison,
  type ReplicateValues,
} from "../../domain/comparison/paired_comparison.ts";
import { morePairsAt } from "../../domain/comparison/replicates_needed.ts";
import { type Contender, FAMILY_LEVEL } from "../../domain/comparison/standings.ts";
import type { Hyperparameters, ParameterValue } from "../../domain/hyperparameters.ts";
import { type Estimate, estimateMean } from "../../domain/statistics.ts";
import type { SweepLedger } from "../../domain/sweep_ledger.ts";
import { contendersOf } from "../conclusion.ts";
import { marginsOf, type MarginUnit } from "./margins.ts";

/** The objective at one value, averaged over the settings of all other parameters. */
export interface MarginalMean {
  readonly value: string;
  readonly estimate: Estimate;
}

/** Two values of a parameter. */
export interface ValueComparison {
  readonly from: string;
  readonly to: string;
  /** The objective at `to` minus that at `from`. */
  readonly comparison: PairedComparison;
  /** Holm's adjusted p over all comparisons that the sweep's effects show. */
  readonly adjustedP: number;
  readonly isTold: boolean;
  /** Pairs beyond those at hand that would tell them apart; null if told, or never. */
  readonly morePairs: number | null;
}

/** What one parameter does. */
export interface ParameterEffect {
  readonly parameter: string;
  /** What n counts. */
  readonly unit: MarginUnit;
  /** Settings of the other parameters that every value was trained in, and all there are. */
  readonly settings: { readonly used: number; readonly all: number };
  readonly means: readonly MarginalMean[];
  readonly comparisons: readonly ValueComparison[];
}

/** More values than these are compared with their neighbours alone. */
const MOST_COMPARED = 5;

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly a: ReplicateValues;
  readonly b: ReplicateValues;
}

/** The effects of all parameters by which the completed configurations differ. */
export function parameterEffects(ledger: SweepLedger): readonly ParameterEffect[] {
  const hyperparametersOf = new Map(
    ledger.trials.map((trial) => [trial.configuration, trial.hyperparameters]),
  );
  const points = contendersOf(ledger).flatMap((contender) => {
    const hyperparameters = hyperparametersOf.get(contender.configuration);
    return hyperparameters === undefined ? [] : [{ contender, hyperparameters }];
  });
  const margins = ledger.spec.parameters
    .map(({ name }) => name)
    .filter((name) => valuesOf(points, name).size > 1)
    .map((name) => ({ name, margin: marginsOf(points, name) }));
  const pairs = margins.map(({ margin }) =>
    margin.unit === "configuration" ? [] : pairsOf(margin.values)
  );
  const compared = compareAll(pairs);
  return margins.map(({ name, margin }, index) => ({
    parameter: name,
    unit: margin.unit,
    settings: margin.settings,
    means: margin.values.map(({ value, values }) => ({
      value,
      estimate: estimateMean([...values.values()]),
    })),
    comparisons: compared[index] ?? [],
  }));
}

function valuesOf(
  points: readonly { readonly contender: Contender; readonly hyperparameters: Hyperparameters }[],
  name: string,
): ReadonlySet<ParameterValue | undefined> {
  return new Set(points.map(({ hyperparameters }) => hyperparameters[name]));
}

function pairsOf(
  values: readonly { readonly value: string; readonly values: ReplicateValues }[],
): readonly Pair[] {
  return values.flatMap((first, index) => {
    const rest = values.slice(index + 1);
    const others = values.length > MOST_COMPARED ? rest.slice(0, 1) : rest;
    return others.map((second) => ({
      from: first.value,
      to: second.value,
      a: first.values,
      b: second.values,
    }));
  });
}

/** All comparisons are one family: whoever reads them picks the most striking. */
function compareAll(
  groups: readonly (readonly Pair[])[],
): readonly (readonly ValueComparison[])[] {
  const comparisons = groups.flat().length;
  const found = groups.map((pairs) =>
    pairs.flatMap(({ from, to, a, b }) => {
      const comparison = comparePaired(b, a, { comparisons });
      return comparison === null ? [] : [{ from, to, comparison }];
    })
  );
  const adjusted = holm(found.flat().map(({ comparison }) => comparison.p));
  let next = 0;
  return found.map((group) =>
    group.map(({ from, to, comparison }) => {
      const adjustedP = adjusted[next++] ?? 1;
      const isTold = adjustedP <= FAMILY_LEVEL;
      const more = isTold ? null : morePairs(comparison, comparisons);
      return { from, to, comparison, adjustedP, isTold, morePairs: more };
    })
  );
}

/** At the level that Bonferroni's correction leaves to each; null for never. */
export function morePairs(comparison: PairedComparison, comparisons: number): number | null {
  return morePairsAt(FAMILY_LEVEL / comparisons)(comparison);
}
