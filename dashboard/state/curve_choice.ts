/** Which trials the Curves page is about, best first, and how each of them is called. */
import { parseTrialId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { CurvesQuery } from "../client/curves/curves_query.ts";
import { isMatch, parseTrialFilter } from "../client/trials/trial_filter.ts";
import { runningTrials } from "./curve_selection.ts";
import { compareValues, filterableNames } from "./trial_selection.ts";
import { namedValue, objectiveOf, shownStatus } from "./trial_values.ts";

/** Running trials that stand beside the best ones. */
const BESIDE = 8;

/** Trials with a curve. */
export interface ChosenTrials {
  /** All that the choice is about, best first. */
  readonly matching: readonly Trial[];
  /** Those whose curves are drawn, where each trial has a line. */
  readonly drawn: readonly Trial[];
  readonly tagOf: (trial: Trial) => string;
}

/** The choice. @throws {SyntaxError} If it cannot be read, or names a trial that is not there. */
export function chooseTrials(
  view: SweepView,
  ranking: readonly LeaderboardRow[],
  query: CurvesQuery,
): ChosenTrials {
  const ranks = new Map(ranking.map(({ configuration, rank }) => [configuration, rank]));
  const rankOf = (trial: Trial): number => ranks.get(trial.configuration) ?? Infinity;
  const terms = parseTrialFilter(query.text, filterableNames(view));
  const matching = candidates(view, ranking, query).filter((trial) =>
    hasCurve(view, trial) && isMatch(terms, (name) => namedValue(view, trial, name))
  );
  const isNamed = query.trials.length > 0;
  const tagOf = (trial: Trial): string => {
    const status = shownStatus(trial);
    const rank = rankOf(trial);
    const isPlaced = status === "completed" && query.show === "best" && !isNamed;
    return isPlaced && rank !== Infinity ? `#${rank}` : status;
  };
  if (isNamed) return { matching, drawn: matching, tagOf };
  const first = matching.slice(0, query.top);
  if (query.show !== "best") return { matching, drawn: first, tagOf };
  const running = [...runningTrials(view.ledger)].map((id) => view.ledger.trial(id))
    .filter((trial) => matching.includes(trial) && !first.includes(trial));
  return { matching, drawn: [...first, ...running.slice(0, BESIDE)], tagOf };
}

function candidates(
  view: SweepView,
  ranking: readonly LeaderboardRow[],
  { trials, show }: CurvesQuery,
): readonly Trial[] {
  const { ledger } = view;
  if (trials.length > 0) return trials.map((number) => trialIn(view, number));
  const running = (): readonly Trial[] =>
    ledger.trials.filter(({ state }) => state.status === "running");
  switch (show) {
    case "best":
      return [...ranking.map(({ bestTrial }) => bestTrial), ...running()];
    case "running":
      return running();
    case "troubled":
      return ledger.trials.filter((trial) => ["failed", "diverged"].includes(shownStatus(trial)));
    case "all":
      return bestFirst(view);
    default:
      return show satisfies never;
  }
}

/** By what each of them has reached, replicate or not; those without a number come last. */
function bestFirst(view: SweepView): readonly Trial[] {
  const direction = view.ledger.spec.metric.goal === "maximize" ? -1 : 1;
  return view.ledger.trials
    .map((trial) => ({ trial, value: objectiveOf(view, trial) }))
    .sort((a, b) => compareValues(a.value, b.value, direction) || a.trial.id - b.trial.id)
    .map(({ trial }) => trial);
}

function hasCurve(view: SweepView, { id }: Trial): boolean {
  const { points, diverged } = view.curve(id);
  return points.length + diverged.length > 0;
}

function trialIn({ ledger }: SweepView, number: number): Trial {
  if (number < ledger.trials.length) return ledger.trial(parseTrialId(number));
  throw new SyntaxError(
    `Cannot draw trial ${number}: the sweep has ${ledger.trials.length}, from 0`,
  );
}
