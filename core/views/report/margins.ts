/** The objective by the values of one parameter, the settings of the others being equal. */
import type { ReplicateValues } from "../../domain/comparison/paired_comparison.ts";
import type { Contender } from "../../domain/comparison/standings.ts";
import {
  canonicalText,
  type Hyperparameters,
  type ParameterValue,
} from "../../domain/hyperparameters.ts";
import { estimateMean } from "../../domain/statistics.ts";

/** What is counted: seeds, settings of the other parameters, or whole configurations, unpaired. */
export type MarginUnit = "seed" | "setting" | "configuration";

/** A configuration with its results. */
export interface MarginPoint {
  readonly contender: Contender;
  readonly hyperparameters: Hyperparameters;
}

/** The results by value. */
export interface Margins {
  readonly unit: MarginUnit;
  readonly settings: { readonly used: number; readonly all: number };
  /** In the order of the values; the keys of `values` pair the units of one value with another's. */
  readonly values: readonly { readonly value: string; readonly values: ReplicateValues }[];
}

/** More different numbers than these come from a range: they are put into a few groups. */
const MOST_VALUES = 8;
const GROUPS = 3;

/**
 * Results by the parameter's values. Only settings of the other parameters in which every value was
 * trained count, so that nothing else differs. With two or more seeds that all of them have, a unit
 * is a seed: the mean over the settings. With one seed it is a setting. Where no setting has every
 * value, as in random search, a unit is a configuration, and nothing is paired.
 */
export function marginsOf(points: readonly MarginPoint[], name: string): Margins {
  const values = distinctValues(points, name);
  const settings = settingsOf(points, name);
  const complete = [...settings.values()].filter((setting) => setting.size === values.length);
  const counts = { used: complete.length, all: settings.size };
  const seeds = commonSeeds(complete.flatMap((setting) => [...setting.values()]));
  if (complete.length > 0 && seeds.length >= 2) {
    return { unit: "seed", settings: counts, values: bySeed(values, complete, seeds) };
  }
  if (complete.length >= 2) {
    return { unit: "setting", settings: counts, values: bySetting(values, complete) };
  }
  return { unit: "configuration", settings: counts, values: byConfiguration(points, name, values) };
}

/** Contenders by the value of the parameter, for each setting of the others. */
type Setting = ReadonlyMap<ParameterValue, Contender>;
type Value = ParameterValue;
type Group = Margins["values"][number];

function distinctValues(points: readonly MarginPoint[], name: string): readonly Value[] {
  const found = new Set(points.flatMap(({ hyperparameters }) => hyperparameters[name] ?? []));
  return [...found].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1
  );
}

function settingsOf(points: readonly MarginPoint[], name: string): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Map<Value, Contender>>();
  for (const { contender, hyperparameters } of points) {
    const { [name]: value, ...others } = hyperparameters;
    if (value === undefined) continue;
    const key = canonicalText(others);
    settings.set(key, (settings.get(key) ?? new Map<Value, Contender>()).set(value, contender));
  }
  return settings;
}

function commonSeeds(contenders: readonly Contender[]): readonly number[] {
  const [first, ...others] = contenders;
  return [...first?.values.keys() ?? []]
    .filter((seed) => others.every(({ values }) => values.has(seed)))
    .sort((a, b) => a - b);
}

function bySeed(
  values: readonly Value[],
  settings: readonly Setting[],
  seeds: readonly number[],
): readonly Group[] {
  return values.map((value) => ({
    value: String(value),
    values: new Map(
      seeds.map((seed) => [
        seed,
        meanOf(settings.flatMap((setting) => setting.get(value)?.values.get(seed) ?? [])),
      ]),
    ),
  }));
}

function bySetting(values: readonly Value[], settings: readonly Setting[]): readonly Group[] {
  return values.map((value) => ({
    value: String(value),
    values: new Map(
      settings.flatMap((setting, index) => {
        const contender = setting.get(value);
        return contender === undefined ? [] : [[index, meanOf([...contender.values.values()])]];
      }),
    ),
  }));
}

function byConfiguration(
  points: readonly MarginPoint[],
  name: string,
  values: readonly Value[],
): readonly Group[] {
  return groupsOf(values).map((group) => ({
    value: groupName(group),
    values: new Map(
      points
        .filter(({ hyperparameters }) => group.includes(hyperparameters[name] ?? NaN))
        .map(({ contender }) => [
          Number(contender.configuration),
          meanOf([...contender.values.values()]),
        ]),
    ),
  }));
}

/** Each value by itself, or thirds of many numbers. */
function groupsOf(values: readonly Value[]): readonly (readonly Value[])[] {
  if (values.length <= MOST_VALUES) return values.map((value) => [value]);
  const size = Math.ceil(values.length / GROUPS);
  return Array.from({ length: GROUPS }, (_, i) => values.slice(i * size, (i + 1) * size))
    .filter(({ length }) => length > 0);
}

function groupName(group: readonly Value[]): string {
  const [first, last] = [group[0], group.at(-1)];
  return group.length === 1 ? String(first) : `${short(first)} to ${short(last)}`;
}

function short(value: Value | undefined): string {
  return typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value);
}

function meanOf(values: readonly number[]): number {
  return estimateMean(values).mean;
}
