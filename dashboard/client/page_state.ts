/** What each page was rendered from: the JSON in it, by which its script goes on. */
import type { ComparePageState } from "./compare_model.ts";
import type { CurvesAnswer, OverviewSnapshot, SweepsSnapshot } from "./model.ts";
import type { TrialPageState } from "./trial_model.ts";
import type { TrialsPageState } from "./trials_model.ts";

/** The list of sweeps. */
export interface SweepsPageState {
  readonly page: "sweeps";
  readonly snapshot: SweepsSnapshot;
}

/** A sweep's overview. */
export interface OverviewPageState {
  readonly page: "overview";
  readonly snapshot: OverviewSnapshot;
  readonly curves: CurvesAnswer;
  /** Rows of the leaderboard that were asked for; null: as many as usual. */
  readonly limit: number | null;
}

/** Every page that has a script. Its own state names it; `starters/` has what begins it. */
export type PageState =
  | SweepsPageState
  | OverviewPageState
  | TrialsPageState
  | TrialPageState
  | ComparePageState;

/** The state of the page with a name. */
export type StateOf<Name extends PageState["page"]> = Extract<PageState, { readonly page: Name }>;
