/** Trials taken together: each alone, or the replicates of a configuration. */
import type { ConfigurationId } from "../../core/domain/ids.ts";
import { compareObjectives } from "../../core/domain/objective.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { TrialsQuery } from "../client/trials/trials_query.ts";
import { compareValues, reportedMetrics, selectionKey, selectTrials } from "./trial_selection.ts";
import { columnGetter, isMeasured, shownStatus, type TrialValue } from "./trial_values.ts";
import { ViewMemory } from "./view_memory.ts";

/** Some trials of one configuration; never none. */
export type TrialGroup = readonly [Trial, ...Trial[]];

const selected = new ViewMemory<readonly TrialGroup[]>(8);

/** What the rows of a query are made of, in its order. @throws {SyntaxError} */
export function selectGroups(view: SweepView, query: TrialsQuery): readonly TrialGroup[] {
  const trials = selectTrials(view, query);
  return selected.of(
    view,
    `${query.by} ${selectionKey(query)}`,
    () => query.by === "trial" ? trials.map((trial): TrialGroup => [trial]) : sorted(view, query),
  );
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
