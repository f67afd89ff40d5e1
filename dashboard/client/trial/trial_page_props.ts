/** What a trial's page and its parts are given. */
import type { ComponentType } from "preact";
import type { CurvePlotProps } from "../curves/curve_plot.tsx";
import type { TrialSnapshot } from "./trial_model.ts";
import type { TrialQuery } from "./trial_query.ts";

/** Steps through snapshots by itself, or by one at a time for people who want no motion. */
export interface Player {
  readonly isPlaying: boolean;
  /** Whether a press goes on by one snapshot only. */
  readonly isStepping: boolean;
  readonly onPress: () => void;
}

/** What the page shows; without actions its links load it anew. */
export interface TrialPageProps {
  readonly snapshot: TrialSnapshot;
  readonly onQuery?: ((query: TrialQuery) => void) | undefined;
  /** Where a script plays the snapshots of a fit one after another. */
  readonly player?: Player | undefined;
  readonly chart?: ComponentType<CurvePlotProps> | undefined;
}

/** A part of the page that has choices. */
export interface TrialPartProps extends TrialPageProps {
  readonly hrefOf: (query: TrialQuery) => string;
}
