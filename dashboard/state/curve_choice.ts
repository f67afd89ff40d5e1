/** Which trials the Curves page is about, best first, and how each of them is called. */
import { parseTrialId } from "../../core/domain/ids.ts";
import type { Trial } from "../../core/domain/sweep_ledger.ts";
import type { LeaderboardRow } from "../../core/views/leaderboard.ts";
import type { SweepView } from "../../core/views/sweep_view.ts";
import type { CurvesQuery } from "../client/curves/curves_query.ts";
import { ALL_TRIALS } from "../client/trials/trials_query.ts";
import { pausedTrials, runningTrials } from "./curve_selection.ts";
import { sortColumn } from "./trial_mask.ts";
import { matchingMask } from "./trial_selection.ts";
import { shownStatus } from "./trial_values.ts";

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
  const { text, state, worker, pack } = query;
  const mask = matchingMask(view, { ...ALL_TRIALS, text, state, worker, pack });
  const matching = candidates(view, ranking, query).filter((trial) =>
    (mask === null || mask[trial.id] === 1) && hasCurve(view, trial)
  );
  const isNamed = query.trials.length > 0;
  const tagOf = (trial: Trial): string => {
    const status = shownStatus(trial);
    if (status !== "completed" || query.show !== "best" || isNamed) return status;
    const row = ranking.find(({ configuration }) => configuration === trial.configuration);
    return row === undefined ? status : `#${row.rank}`;
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
      // Paused ones last: early in a search nothing else may be there to see.
      return [...ranking.map(({ bestTrial }) => bestTrial), ...running(), ...pausedTrials(view)];
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
  const { metric } = view.ledger.spec;
  return [...sortColumn(view, "objective").order(metric.goal === "maximize")]
    .flatMap((id) => view.ledger.trials[id] ?? []);
}

function hasCurve(view: SweepView, { id }: Trial): boolean {
  const { length, diverged } = view.curve(id);
  return length + diverged.length > 0;
}

function trialIn({ ledger }: SweepView, number: number): Trial {
  if (number < ledger.trials.length) return ledger.trial(parseTrialId(number));
  throw new SyntaxError(
    `Cannot draw trial ${number}: the sweep has ${ledger.trials.length}, from 0`,
  );
}
