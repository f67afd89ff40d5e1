/** What each page was rendered from: the JSON in it, by which its script goes on. */
import type { CurvesPageState } from "./curves/curves_model.ts";
import type {
  CurvesAnswer,
  OverviewSnapshot,
  PlaneFields,
  SweepSnapshot,
  SweepsSnapshot,
} from "./model.ts";
import type { Timeline } from "./timeline/timeline_model.ts";
import type { TrialsPageState } from "./trials/trials_model.ts";

/** The list of sweeps. */
export interface SweepsPageState {
  readonly page: "sweeps";
  readonly snapshot: Pick<SweepsSnapshot, "now" | "page">;
}

/** A sweep's overview. */
export interface OverviewPageState {
  readonly page: "overview";
  readonly snapshot: OverviewSnapshot;
  readonly curves: CurvesAnswer;
  /** Rows of the leaderboard that were asked for; null: as many as usual. */
  readonly limit: number | null;
  readonly plane: PlaneFields;
  /** See `shared_filter.ts`. */
  readonly filter: string;
}

/** The Parameters page: its charts are the server's, so its script needs to know of the sweep alone. */
export interface ParametersPageState {
  readonly page: "parameters";
  readonly snapshot: SweepSnapshot;
}

/** A trial's page, drawn by the server. */
export interface TrialPageState {
  readonly page: "trial";
  readonly snapshot: SweepSnapshot;
}

/** The Compare page, drawn by the server. */
export interface ComparePageState {
  readonly page: "compare";
  readonly snapshot: SweepSnapshot;
}

/** The Timeline page, drawn by the server; keys and wheel move its window. */
export interface TimelinePageState {
  readonly page: "timeline";
  readonly snapshot: SweepSnapshot & Pick<Timeline, "window" | "lengthMs">;
}

/** The Events page of a sweep, drawn by the server. */
export interface EventsPageState {
  readonly page: "events";
  readonly snapshot: SweepSnapshot;
}

/** The events of all sweeps, drawn by the server. */
export interface AllEventsPageState {
  readonly page: "allEvents";
  readonly snapshot: { readonly now: number };
}

/** The Fleet page, drawn by the server. */
export interface FleetPageState {
  readonly page: "fleet";
  readonly snapshot: { readonly now: number };
}

/** Every page that has a script. Its own state names it; `starters/` has what begins it. */
export type PageState =
  | SweepsPageState
  | OverviewPageState
  | TrialsPageState
  | TrialPageState
  | ComparePageState
  | CurvesPageState
  | ParametersPageState
  | TimelinePageState
  | EventsPageState
  | AllEventsPageState
  | FleetPageState;

/** The state of the page with a name. */
export type StateOf<Name extends PageState["page"]> = Extract<PageState, { readonly page: Name }>;
