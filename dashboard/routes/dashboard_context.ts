/** What every route works with. */
import type { ApiClient, PresenceDirectory } from "../../core/protocol/ports.ts";
import type { Clock } from "../../core/domain/units.ts";
import type { CurvesAnswer } from "../client/model.ts";
import type { ClientBundle } from "../client_bundle.ts";
import { parseTrialId, type TrialId } from "../../core/domain/ids.ts";
import type { LiveSweep } from "../live_sweep.ts";
import type { LiveSweeps } from "../live_sweeps.ts";
import type { StreamSeats } from "../stream/stream_seats.ts";
import type { TrialResults } from "../trial_results.ts";
import { asOf } from "../state/overview_snapshot.ts";
import { curveSelection, curveSeries } from "../state/curve_selection.ts";

/** The parts of a dashboard. */
export interface DashboardContext {
  readonly live: LiveSweeps;
  readonly results: TrialResults;
  readonly api: ApiClient;
  readonly presence: PresenceDirectory;
  readonly clock: Clock;
  readonly version: string;
  readonly clientBundle: ClientBundle;
  /** Where workers join, without credentials; null: nobody told. */
  readonly natsAddress: string | null;
  /** What the commands that pages teach need to meet the same server; see `server_option.ts`. */
  readonly serverOption: string;
  /** Whether readers have signed in; else every browser on this machine is an operator's. */
  readonly needsLogin: boolean;
  /** How many streams may be open at once. */
  readonly seats: StreamSeats;
  /** How long a client of a stream may take nothing. */
  readonly stallMs: number | undefined;
  /** Is told what went wrong by a fault of the dashboard itself. */
  readonly onFault: (error: Error) => void;
  /** Ends every stream. */
  readonly signal: AbortSignal;
}

/** Curves in one metric (the objective if null), of some trials (those drawn if null). */
export function curvesAnswer(
  live: LiveSweep,
  ask: {
    readonly metric: string | null;
    readonly trials: readonly TrialId[] | null;
    /** How many points all of them may have, about; null: there is no limit. */
    readonly most: number | null;
    /** 1 for each trial that may be drawn; null: all. */
    readonly mask?: Uint8Array | null;
  },
): CurvesAnswer {
  const metric = ask.metric ?? live.view.ledger.spec.metric.name;
  const trials = ask.trials ??
    curveSelection(live.view, live.ranking, ask.mask).curves.map(({ trial }) =>
      parseTrialId(trial)
    );
  return {
    asOf: asOf(live),
    metric,
    series: curveSeries(live.view, { metric, trials, most: ask.most ?? undefined }),
  };
}
