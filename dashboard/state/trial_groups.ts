/** Trials taken together: each alone, or the replicates of a configuration. */
import type { ConfigurationId } from "../../core/domain/ids.ts";
import { compareObjectives } from "../../core/domain/objective.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { TrialsQuery } from "../client/trials/trials_query.ts";
import { sortColumn } from "./trial_mask.ts";
import { matchingMask, reportedMetrics, selectionKey, selectTrials } from "./trial_selection.ts";
import {
  columnGetter,
  compareValues,
  isMeasured,
  shownStatus,
  type TrialValue,
} from "./trial_values.ts";
import { ViewMemory } from "./view_memory.ts";

/** Some trials of one configuration; never none. */
export type TrialGroup = readonly [Trial, ...Trial[]];

/** What the rows of a query are made of, in its order. */
export interface GroupSelection {
  readonly length: number;
  /** Of all groups together. */
  readonly trials: number;
  /** Those of a window: of a hundred thousand trials only these become groups. */
  readonly slice: (from: number, to: number) => readonly TrialGroup[];
  /** The numbers of a column that was measured, in no order; some may not be finite. */
  readonly numbers: (column: string) => Float64Array;
}

/** Nothing was selected. */
export const NO_GROUPS: GroupSelection = {
  length: 0,
  trials: 0,
  slice: () => [],
  numbers: () => new Float64Array(),
};

const selected = new ViewMemory<readonly TrialGroup[]>(8);

/** What a query has selected. @throws {SyntaxError} */
export function selectGroups(view: SweepView, query: TrialsQuery): GroupSelection {
  const trials = selectTrials(view, query);
  if (query.by === "trial") {
    return {
      length: trials.length,
      trials: trials.length,
      slice: (from, to) => trials.slice(from, to).map((trial): TrialGroup => [trial]),
      numbers: (column) => numbersOfTrials(view, query, column),
    };
  }
  const groups = selected.of(view, selectionKey(query), () => sorted(view, query));
  return {
    length: groups.length,
    trials: trials.length,
    slice: (from, to) => groups.slice(from, to),
    numbers: (column) => {
      const valueOf = groupGetter(view, column);
      return Float64Array.from(groups, (group) => {
        const value = valueOf(group);
        return typeof value === "number" ? value : NaN;
      });
    },
  };
}

function numbersOfTrials(view: SweepView, query: TrialsQuery, column: string): Float64Array {
  const { values, texts, order } = sortColumn(view, column, reportedMetrics(view));
  const mask = matchingMask(view, query);
  if (texts !== null) return new Float64Array();
  const numbers = new Float64Array(values.length);
  let count = 0;
  for (const id of order(false)) {
    if (mask === null || mask[id] === 1) numbers[count++] = values[id] ?? NaN;
  }
  // What is nothing comes last.
  while (count > 0 && Number.isNaN(numbers[count - 1])) count--;
  return numbers.subarray(0, count);
}

function sorted(view: SweepView, query: TrialsQuery): readonly TrialGroup[] {
  const valueOf = groupGetter(view, query.sort);
  const direction = query.descending ? -1 : 1;
  return groupsOf(selectTrials(view, query))
    .map((group) => ({ group, value: valueOf(group) }))
    .sort((a, b) =>
      compareValues(a.value, b.value, direction) ||
      a.group[0].configuration - b.group[0].configuration
    )
    .map(({ group }) => group);
}

/** Trials by their configuration, each configuration's in the order of their numbers. */
export function groupsOf(trials: readonly Trial[]): readonly TrialGroup[] {
  const groups = new Map<ConfigurationId, [Trial, ...Trial[]]>();
  for (const trial of trials) {
    const group = groups.get(trial.configuration);
    if (group === undefined) groups.set(trial.configuration, [trial]);
    else group.push(trial);
  }
  for (const group of groups.values()) group.sort((a, b) => a.id - b.id);
  return [...groups.values()];
}

/** Reads off a group the numbers that its trials have measured: what {@link groupGetter} averages. */
export function numbersGetter(view: SweepView, column: string): (group: TrialGroup) => number[] {
  const get = columnGetter(view, column, reportedMetrics(view));
  return (group) => {
    // A mean without the runs that were lost would be too good, one with unfinished runs too bad.
    if (group.length > 1 && group.some((trial) => shownStatus(trial) === "diverged")) return [];
    return group
      .filter(({ state }) => group.length === 1 || state.status === "completed")
      .map(get)
      .filter((value) => typeof value === "number");
  };
}

/** Reads off a group the mean of what was measured, the sum of what was spent, or a value of all. */
export function groupGetter(view: SweepView, column: string): (group: TrialGroup) => TrialValue {
  const get = columnGetter(view, column, reportedMetrics(view));
  if (column === "replicate") return (group) => group.length === 1 ? get(group[0]) : group.length;
  const mean = (numbers: readonly number[]): number | null =>
    numbers.length === 0 ? null : sumOf(numbers) / numbers.length;
  if (isMeasured({ id: column })) {
    const numbersOf = numbersGetter(view, column);
    return (group) => mean(numbersOf(group));
  }
  if (column === "trained" || column === "attempts" || column === "seconds") {
    return (group) => {
      const numbers = group.map(get).filter((value) => typeof value === "number");
      return numbers.length === 0 ? null : sumOf(numbers);
    };
  }
  return (group) => get(group[0]);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}

/** The trial that stands for a group: the completed one with the best objective, or the first. */
export function representativeOf(view: SweepView, group: TrialGroup): Trial {
  const { goal } = view.ledger.spec.metric;
  return group.reduce((best, trial) => {
    if (trial.state.status !== "completed") return best;
    if (best.state.status !== "completed") return trial;
    return compareObjectives(trial.state.objective, best.state.objective, goal) < 0 ? trial : best;
  });
}
