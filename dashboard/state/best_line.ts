/** The best result so far as a line of a few pixels, for the list of sweeps. */
import { shareOf } from "../client/charts/axis.ts";
import { parseTrialId } from "../../core/domain/ids.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type { Spark } from "../client/model.ts";
import type { HistoryStep } from "../client/overview/panels_model.ts";
import type { LiveSweep } from "../live_sweep.ts";
import { bestSoFar, endedConfigurations } from "./optimisation_history.ts";

/** The picture's size. */
export const SPARK_WIDTH = 84;
/** The picture's height. */
export const SPARK_HEIGHT = 22;
const AIR = 3;
/** More steps than this nobody sees. */
const MOST_STEPS = 40;

/** A ranking is made anew with every result: the line is made once for each. */
const made = new WeakMap<readonly LeaderboardRow[], Spark | null>();

/** The line; null before the first finite result. */
export function bestLine(live: LiveSweep): Spark | null {
  const { ranking } = live;
  const known = made.get(ranking);
  if (known !== undefined) return known;
  const { ledger } = live.view;
  const ended = endedConfigurations(
    live.events.events,
    ranking,
    (trial) => ledger.trial(parseTrialId(trial)).configuration,
  ).filter(({ kind }) => kind !== "pruned");
  const marks = ended.flatMap((end, index) =>
    end.kind === "completed" ? [{ place: index + 1, mean: end.mean, trial: end.trial }] : []
  );
  const line = sparkOf(bestSoFar(marks, ledger.spec.metric.goal), ended.length);
  made.set(ranking, line);
  return line;
}

/** Steps as a path: from the first place to the last, from the lowest best to the highest. */
export function sparkOf(steps: readonly HistoryStep[], ended: number): Spark | null {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return null;
  const [lower, upper] = [Math.min(first.value, last.value), Math.max(first.value, last.value)];
  const x = (place: number): number =>
    Math.round(10 * SPARK_WIDTH * (place - 1) / Math.max(1, ended - 1)) / 10;
  const y = (value: number): number => {
    const share = shareOf(value, [lower, upper]);
    return Math.round(10 * (SPARK_HEIGHT - AIR - share * (SPARK_HEIGHT - 2 * AIR))) / 10;
  };
  const every = Math.ceil(steps.length / MOST_STEPS);
  const drawn = steps.filter((_, index) => index % every === 0 || index === steps.length - 1);
  const path = drawn.map(({ place, value }, index) =>
    index === 0 ? `M${x(place)} ${y(value)}` : `H${x(place)}V${y(value)}`
  ).join("");
  return {
    path: `${path}H${SPARK_WIDTH}`,
    first: first.value,
    improvements: steps.length - 1,
  };
}
