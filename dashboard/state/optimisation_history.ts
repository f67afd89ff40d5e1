/** How a search got on: each configuration's result in the order in which they ended. */
import { type Goal, lossOf, type ObjectiveMetric } from "../../core/domain/objective.ts";
import type { ConfigurationId } from "../../core/domain/ids.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type {
  HistoryBin,
  HistoryLane,
  HistoryMark,
  HistoryStep,
  OptimisationHistory,
} from "../client/overview/panels_model.ts";
import type { Range } from "../client/model.ts";
import type { LoggedEvent } from "./event_log.ts";
import { objectiveScale } from "./parameters_axes.ts";

/** Marks that are drawn one by one at most; above, neighbours are taken together. */
export const MOST_MARKS = 600;
/** Bins that are drawn instead. */
const BINS = 150;
/** Steps of the best so far that are drawn at most. */
const MOST_STEPS = 300;
/** What is nearer in a lane than this part of it runs into one. */
const LANE_RESOLUTION = 1 / 400;

/** A configuration that has ended. */
export type EndedConfiguration =
  | ({ readonly kind: "completed" } & Omit<HistoryMark, "place">)
  | { readonly kind: "diverged" | "pruned" };

/**
 * Configurations in the order in which their last replicate completed; those that were pruned and
 * have no result, where that happened.
 */
export function endedConfigurations(
  events: readonly LoggedEvent[],
  ranking: readonly LeaderboardRow[],
  configurationOf: (trial: number) => ConfigurationId,
  isShown: (configuration: ConfigurationId) => boolean = () => true,
): readonly EndedConfiguration[] {
  const rows = new Map(ranking.map((row) => [row.configuration, row]));
  // A key that is set again keeps its place: it has to go first.
  const last = new Map<ConfigurationId, EndedConfiguration>();
  for (const { event } of events) {
    if (event.type !== "trialCompleted" && event.type !== "trialPruned") continue;
    const configuration = configurationOf(event.trial);
    if (!isShown(configuration)) continue;
    const row = rows.get(configuration);
    if (event.type === "trialPruned" && row !== undefined) continue;
    last.delete(configuration);
    last.set(configuration, row === undefined ? { kind: "pruned" } : endOf(row));
  }
  return [...last.values()];
}

function endOf(row: LeaderboardRow): EndedConfiguration {
  if (row.estimate === null) return { kind: "diverged" };
  return {
    kind: "completed",
    configuration: row.configuration,
    trial: row.bestTrial.id,
    mean: row.estimate.mean,
    spread: row.completed < 2 ? null : spreadOf(row),
    runs: row.completed,
  };
}

function spreadOf({ trials }: LeaderboardRow): Range | null {
  const values = trials.flatMap(({ state }) =>
    state.status === "completed" && state.objective.kind === "finite" ? [state.objective.value] : []
  );
  return values.length < 2 ? null : [Math.min(...values), Math.max(...values)];
}

/** The history; however many configurations there are, it stays small. */
export function optimisationHistory(
  ended: readonly EndedConfiguration[],
  metric: ObjectiveMetric,
): OptimisationHistory {
  const marks: HistoryMark[] = [];
  // Field by field: the rest of an object costs many times as much, and there may be 100,000.
  for (const [index, end] of ended.entries()) {
    if (end.kind !== "completed") continue;
    const { configuration, trial, mean, spread, runs } = end;
    marks.push({ place: index + 1, configuration, trial, mean, spread, runs });
  }
  const isBinned = marks.length > MOST_MARKS;
  const steps = bestSoFar(marks, metric.goal);
  const { min, max, beyond } = objectiveScale(metric, marks);
  return {
    metric: metric.name,
    goal: metric.goal,
    ended: ended.length,
    completed: marks.length,
    marks: isBinned ? [] : marks,
    bins: isBinned ? binned(marks, ended.length) : [],
    best: thinned(steps),
    improvements: Math.max(0, steps.length - 1),
    diverged: laneOf(ended, "diverged"),
    pruned: laneOf(ended, "pruned"),
    range: withSpreads([min, max], marks),
    beyond,
  };
}

/** Where the best mean became another. */
export function bestSoFar(
  marks: readonly Pick<HistoryMark, "place" | "mean" | "trial">[],
  goal: Goal,
): readonly HistoryStep[] {
  const steps: HistoryStep[] = [];
  let best = Infinity;
  for (const { place, mean, trial } of marks) {
    const loss = lossOf(mean, goal);
    if (loss >= best) continue;
    best = loss;
    steps.push({ place, value: mean, trial });
  }
  return steps;
}

/** Room for replicates that lie beyond the means, but not for so much that these look alike. */
function withSpreads([lower, upper]: Range, marks: readonly HistoryMark[]): Range {
  const most = upper / 2 - lower / 2;
  let [from, to] = [lower, upper];
  for (const { mean, spread } of marks) {
    if (spread === null || mean < lower || mean > upper) continue;
    from = Math.max(lower - most, Math.min(from, spread[0]));
    to = Math.min(upper + most, Math.max(to, spread[1]));
  }
  return [from, to];
}

/** Every so many steps, with the first and the last. */
function thinned(steps: readonly HistoryStep[]): readonly HistoryStep[] {
  const every = Math.ceil(steps.length / MOST_STEPS);
  return every <= 1
    ? steps
    : steps.filter((_, index) => index % every === 0 || index === steps.length - 1);
}

function binned(marks: readonly HistoryMark[], ended: number): readonly HistoryBin[] {
  const size = Math.ceil(ended / BINS);
  const groups = Map.groupBy(marks, ({ place }) => Math.floor((place - 1) / size));
  return Array.from({ length: Math.ceil(ended / size) }, (_, index) => {
    const values = (groups.get(index) ?? []).map(({ mean }) => mean).sort((a, b) => a - b);
    return {
      places: [index * size + 1, Math.min(ended, (index + 1) * size)],
      completed: values.length,
      min: values[0] ?? null,
      median: medianOf(values),
      max: values.at(-1) ?? null,
    };
  });
}

/** Of ascending values: of an even number of them the mean of the two in the middle. */
function medianOf(values: readonly number[]): number | null {
  const upper = values[values.length >> 1];
  const lower = values[(values.length - 1) >> 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function laneOf(
  ended: readonly EndedConfiguration[],
  kind: "diverged" | "pruned",
): HistoryLane {
  const gap = Math.max(1, ended.length * LANE_RESOLUTION);
  const places: Range[] = [];
  let count = 0;
  for (const [index, end] of ended.entries()) {
    if (end.kind !== kind) continue;
    const place = index + 1;
    const last = places.at(-1);
    count++;
    // Neighbours stay single marks as long as there is room for that.
    if (last !== undefined && gap > 1 && place - last[1] <= gap) {
      places[places.length - 1] = [last[0], place];
    } else places.push([place, place]);
  }
  return { count, places };
}
